"""Languages a line can be in."""

from typing import Literal

Language = Literal["zh", "en", "yue", "ja", "ko", "de", "fr", "es"]
