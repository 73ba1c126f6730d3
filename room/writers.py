"""What a room's file says about its words: language models and show formats."""

from core.clock import Clock
from room.settings import CONFIGS, RoomSettings, WriterSettings
from script_engine.composer.formats import ShowFormat, load_formats, named_format
from script_engine.writers.chat import Model
from script_engine.writers.local import LocalModel
from script_engine.writers.server import ServerModel


def make_models(settings: WriterSettings, clock: Clock) -> list[Model]:
    """The models in the order they are asked: the server, then the local folder.

    Makes no connection and loads nothing.

    Raises:
        ConfigError: the URL is none, the folder holds no model, or the key is not in the
            environment.
    """
    models: list[Model] = []
    if settings.url:
        models.append(ServerModel(settings.url, settings.model, clock, api_key=settings.api_key()))
    if settings.local_model is not None:
        models.append(LocalModel(settings.local_model))
    return models


def choose_formats(settings: RoomSettings) -> list[ShowFormat]:
    """The show formats the room's products may have.

    Raises:
        ConfigError: a format's file is wrong, or the room names one that does not exist.
    """
    formats = load_formats(CONFIGS / "formats")
    if not settings.rundown.format:
        return list(formats.values())
    chosen = named_format(formats, settings.rundown.format)
    return [chosen.model_copy(update={"categories": ()})]
