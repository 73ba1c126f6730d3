"""Drawing a `core.human.HumanModel`: light baked into textures once, cheap pictures ever after."""
