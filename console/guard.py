"""Who may talk to the console.

Without a token only this machine may, under a loopback name (a foreign name in `Host` would be DNS
rebinding). With a token, whoever shows it: as `Authorization: Bearer`, as `?token=`, or in the
cookie the sign-in page sets. In both cases a web page of another origin may neither post nor open
a socket.
"""

import hashlib
import hmac
import ipaddress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import ConfigError

MAX_BODY_BYTES = 64 * 2**20
_SAFE = {"GET", "HEAD", "OPTIONS"}
_OPEN_PATHS = {"/healthz", "/sign-in", "/static/sign-in.css", "/static/icon.svg"}
_PAGES = {"/", "/preview"}
_SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "cache-control": "no-cache",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # with no-referrer, a browser sends our own forms with "Origin: null"
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


def is_loopback(host: str) -> bool:
    """Whether a bound address or the name in a Host header means this machine alone."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def require_token(host: str, token: str | None) -> None:
    """Raises ConfigError when the console would be open to the network without a token."""
    if not token and not is_loopback(host):
        raise ConfigError(
            f"the console would be open to anyone on {host}; set a token, or bind it to 127.0.0.1",
            key="console.token",
        )


class Guard:
    """ASGI middleware that turns away strangers and adds the security headers."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": refusal[1]})
        elif refusal[0] == 401 and scope["path"] in _PAGES:
            await RedirectResponse("/sign-in", 303)(scope, receive, send)
        else:
            headers = {"www-authenticate": "Bearer"} if refusal[0] == 401 else None
            response = JSONResponse({"error": refusal[1]}, refusal[0], headers)
            await response(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._token and not is_loopback(urlsplit(f"//{host}").hostname or ""):
            return 403, f"this console answers to 127.0.0.1 and localhost only, not to {host!r}"
        unsafe = scope["type"] == "websocket" or scope["method"] not in _SAFE
        origin = headers.get("origin")
        if unsafe and origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return 403, f"requests from pages of {origin!r} are refused"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return 413, f"more than {MAX_BODY_BYTES // 2**20} MiB in one request"
        if self._token and scope["path"] not in _OPEN_PATHS and not _shows(scope, self._token):
            return 401, "a token is needed: Authorization: Bearer TOKEN, or ?token=TOKEN"
        return None


def _shows(scope: Scope, token: str) -> bool:
    """Whether a request carries the token."""
    headers = Headers(scope=scope)
    bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
    query = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
    if any(same_token(shown, token) for shown in (bearer, query) if shown):
        return True
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return False
    name, value = cookie_for(token)
    return name in cookies and hmac.compare_digest(cookies[name].value.encode(), value.encode())


def same_token(candidate: str, token: str) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(candidate.encode(), token.encode())


def cookie_for(token: str) -> tuple[str, str]:
    """Name and value of the sign-in cookie. Rooms on other ports of a machine have other names."""
    digest = hashlib.sha256(f"presenter console {token}".encode()).hexdigest()
    return f"presenter_{digest[:8]}", digest[8:]


def _with_headers(send: Send) -> Send:
    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _SECURITY_HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return add
