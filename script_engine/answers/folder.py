"""Where the word lists of answers are kept."""

from pathlib import Path

FOLDER = Path(__file__).parent
