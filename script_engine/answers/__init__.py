"""Answering viewers: from a comment to a short spoken line, or an honest "I will ask"."""

from script_engine.answers.answerer import Answerer

__all__ = ["Answerer"]
