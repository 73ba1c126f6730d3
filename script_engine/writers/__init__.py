"""Language models as writers: they choose words, our own code chooses facts and checks lines."""

from script_engine.writers.desk import COMPOSER, Desk, Models, Timing
from script_engine.writers.ladder import Change
from script_engine.writers.prompts import Prompts

__all__ = ["COMPOSER", "Change", "Desk", "Models", "Prompts", "Timing"]
