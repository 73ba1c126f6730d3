"""How the console says no: always {"error": sentence}, and for a wrong body each field.

What the room refuses has its Chinese beside it: {"error": sentence, "error_zh": sentence}.
"""

from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from core.errors import ConfigError, ContentError, PresenterError


def add_error_answers(app: FastAPI) -> None:
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_exception_handler(PresenterError, _room_error)
    app.add_exception_handler(HTTPException, _refused)


async def _wrong_request(_: Request, error: Exception) -> JSONResponse:
    """422 with a sentence that names the field, and the same for each field."""
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    detail = [{"field": _path(item["loc"]), "message": _message(item)} for item in problems]
    sentence = "; ".join(f"{item['field']}: {item['message']}" for item in detail[:3])
    return JSONResponse({"error": sentence, "detail": detail}, 422)


async def _room_error(_: Request, error: Exception) -> JSONResponse:
    """What a person can mend is 422; a part of the room that fails is 503."""
    status = 422 if isinstance(error, ContentError | ConfigError) else 503
    chinese = error.zh if isinstance(error, PresenterError) else str(error)
    return JSONResponse({"error": str(error), "error_zh": chinese}, status)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else str(error)
    return JSONResponse({"error": detail}, status)


def _path(location: Sequence[str | int]) -> str:
    """("body", 0, "user", "name") as "[0].user.name"; the whole body as "body"."""
    path = ""
    for part in location[1:]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or str(location[0])


def _message(item: dict[str, object]) -> str:
    if item["type"] == "json_invalid":
        reason = item.get("ctx")
        return f"is no JSON: {reason.get('error') if isinstance(reason, dict) else item['msg']}"
    return str(item["msg"])
