"""What is laid over the scene: AI label, product card, captions, the viewer's question."""

from render.overlay.overlay import Overlay

__all__ = ["Overlay"]
