"""The human as data: from the CC0 MakeHuman base to a `core.human.HumanModel`."""
