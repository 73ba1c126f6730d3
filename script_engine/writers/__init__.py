"""Language models as writers: they choose words, our own code chooses facts and checks lines."""

from script_engine.writers.desk import Desk, Timing
from script_engine.writers.ladder import Change
from script_engine.writers.prompts import Prompts
from script_engine.writers.server import ServerModel

__all__ = ["Change", "Desk", "Prompts", "ServerModel", "Timing"]
