"""The pages themselves, and signing in to them."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from console.guard import cookie_for, same_token

_COOKIE_SECONDS = 30 * 24 * 3600


def routes(static: Path, token: str | None) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    def page(name: str, request: Request) -> Response:
        if "token" in request.query_params and token:
            # The guard has let it pass: keep it in a cookie and out of the address bar.
            return _signed_in(token, request, request.url.path)
        return FileResponse(static / name)

    @router.get("/")
    async def console(request: Request) -> Response:
        return page("index.html", request)

    @router.get("/preview")
    async def preview(request: Request) -> Response:
        return page("preview.html", request)

    @router.get("/sign-in")
    async def ask() -> Response:
        return FileResponse(static / "sign-in.html")

    @router.post("/sign-in")
    async def sign_in(
        request: Request, shown: Annotated[str, Form(alias="token")] = ""
    ) -> Response:
        if token and same_token(shown, token):
            return _signed_in(token, request, "/")
        return RedirectResponse("/sign-in#refused", 303)

    return router


def _signed_in(token: str, request: Request, path: str) -> Response:
    response = RedirectResponse(path, 303)
    name, value = cookie_for(token)
    response.set_cookie(
        name,
        value,
        max_age=_COOKIE_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response
