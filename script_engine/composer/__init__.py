"""The built-in writer: it needs no model, says only what facts back, and does not repeat itself."""

from script_engine.composer.composer import Composer

__all__ = ["Composer"]
