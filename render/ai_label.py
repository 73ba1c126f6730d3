"""The mark that says that an AI made this: seen in the picture, read by machines.

GB 45438-2025 (in force since 2025-09-01) asks for visible text at least 5 % as high as the
picture's shortest side, and for a machine-readable label whose keys its annex E names.
"""

import json
import uuid
from dataclasses import dataclass
from typing import Final

from core.language import Language

SHORTEST_SIDE_SHARE: Final = 0.05

_TEXT: Final[dict[str, str]] = {"zh": "AI生成·虚拟主播", "yue": "AI生成·虛擬主播"}
_TEXT_ELSEWHERE: Final = "AI-generated presenter"

_SEI_UUID: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:gb:45438-2025:aigc")
# Names our payload among others in user_data_unregistered messages.


def visible_text(language: Language) -> str:
    """The words of the mark in the picture."""
    return _TEXT.get(language, _TEXT_ELSEWHERE)


@dataclass(frozen=True, slots=True)
class AiLabel:
    """The machine-readable label of one broadcast."""

    producer: str = "presenter"
    # the service provider's name or code
    produce_id: str = ""
    # the producer's number for this broadcast

    def to_json(self) -> str:
        """The label as annex E writes it, without the outer key AIGC."""
        return json.dumps(
            {
                "Label": "1",  # certainly made by AI
                "ContentProducer": self.producer,
                "ProduceID": self.produce_id,
                "ReservedCode1": "",
                "ContentPropagator": self.producer,
                "PropagateID": self.produce_id,
                "ReservedCode2": "",
            },
            separators=(",", ":"),
        )

    def to_sei(self) -> bytes:
        """The label as a unit of H.264: SEI, user_data_unregistered (ITU-T H.264, D.1.7)."""
        body = _SEI_UUID.bytes + b'{"AIGC":' + self.to_json().encode() + b"}"
        payload = bytearray([5])
        payload += b"\xff" * (len(body) // 255) + bytes([len(body) % 255])
        payload += body + b"\x80"
        return b"\x06" + _without_start_codes(bytes(payload))


def read_sei(payload: bytes) -> dict[str, str] | None:
    """The label in a user_data_unregistered payload, None when it is somebody else's."""
    if payload[:16] != _SEI_UUID.bytes:
        return None
    label: dict[str, str] = json.loads(payload[16:])["AIGC"]
    return label


def _without_start_codes(payload: bytes) -> bytes:
    """Emulation prevention (ITU-T H.264, 7.4.1): no 00 00 0x inside a unit."""
    out, zeros = bytearray(), 0
    for byte in payload:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)
