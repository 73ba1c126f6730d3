"""Files of other makers, glTF and VRM -> a `core.human.HumanModel` like a built one."""
