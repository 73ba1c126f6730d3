"""glTF and VRM files of other makers -> a `core.human.HumanModel` that performs like a built one."""
