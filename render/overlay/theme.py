"""Sizes and colours. One unit is 1/720 of the picture's shortest side."""

from dataclasses import dataclass
from typing import Final

WHITE: Final = 0xFFFFFFFF
INK: Final = 0xFF1B1C22
INK_SOFT: Final = 0xFF6F7280
PRICE: Final = 0xFFF0283C
ACCENT: Final = 0xFFFF4D5A
ACCENT_WARM: Final = 0xFFFF8A4C
CHIP: Final = 0xFFFFF0EE
CHIP_INK: Final = 0xFFC8343F
PLATE: Final = 0xF7FFFFFF
SHADE: Final = 0x8C14151C
SHADOW: Final = 0x52000000
NAME: Final = 0xFFFFC9A8


@dataclass(frozen=True, slots=True)
class Theme:
    """The grid everything is laid out on."""

    width_px: int
    height_px: int

    @property
    def portrait(self) -> bool:
        return self.height_px >= self.width_px

    @property
    def unit(self) -> float:
        return min(self.width_px, self.height_px) / 720

    def px(self, units: float) -> int:
        """Whole pixels."""
        return round(units * self.unit)

    @property
    def margin_px(self) -> int:
        return self.px(28)
