"""A language model that lies: an OpenAI-compatible HTTP server with a thread for each request.

It reads the prompt as a model would, sees which lines are wanted and which facts there are, and
then does whatever its `modes` say, one after the other, over and over.
"""

import itertools
import json
import random
import re
import sys
import threading
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HONEST = "honest"
_WORDS = tomllib.loads((Path(__file__).parent / "lies.toml").read_text(encoding="utf-8"))
LIES: dict[str, dict[str, list[str]]] = _WORDS["lies"]
_PLAIN, _TOLD = _WORDS["plain"], _WORDS["told"]
_MANNERS = {"stall", "cut", "endless", "thinking", "picky", "error", "broken"}
# modes that are about how it is sent, not what it says


class LyingLLM:
    """Serves on a free port of this machine while it is open."""

    def __init__(self, modes: Sequence[str] = (HONEST,), seed: int = 0) -> None:
        self.modes = list(modes)
        self.rng = random.Random(seed)
        self.requests: list[dict[str, Any]] = []
        self.told: list[str] = []
        # every text it has sent
        self.lies: list[str] = []
        # those of them that are untrue, forbidden or not understood
        self.released = threading.Event()
        # ends every stall
        self._turn = itertools.count()
        self._server = _Server(("127.0.0.1", 0), _handler(self))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def serving(self) -> Iterator["LyingLLM"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def mode(self) -> str:
        return self.modes[next(self._turn) % len(self.modes)]

    def reply(self, body: dict[str, Any], mode: str) -> str:
        """What the model writes to this prompt."""
        prompt = body["messages"][-1]["content"]
        language = "zh" if re.search(r"请|事实", prompt) else "en"
        rows = [json.loads(row) for row in re.findall(r"^\{\".*\}$", prompt, re.MULTILINE)]
        facts = {row["id"]: row for row in rows if "id" in row}
        name = next((row["product"] for row in rows if "product" in row), "") or "它"
        wanted = re.findall(r"^(\d+)\. \[(.*?)\]", prompt, re.MULTILINE)
        if not wanted:
            ids = list(facts)
            said = self._say(mode, language, name, [facts[i] for i in ids])
            return json.dumps({"say": said, "facts": ids}, ensure_ascii=False)
        lines = []
        for number, listed in wanted:
            ids = [short for short in listed.split(", ") if short in facts]
            said = self._say(mode, language, name, [facts[short] for short in ids])
            lines.append({"step": int(number), "say": said, "facts": list(facts), "cue": "smile"})
            if mode == HONEST:
                lines[-1]["facts"] = ids
        text = json.dumps({"lines": lines}, ensure_ascii=False)
        return text

    def _say(self, mode: str, language: str, name: str, facts: list[dict[str, str]]) -> str:
        if mode in LIES:
            lie = self.rng.choice(LIES[mode][language])
            said = lie.format(name=name, n=self.rng.randint(1001, 9999), d=self.rng.randint(1, 4))
            self.lies.append(said)
        elif facts and facts[0]["says"]:
            fact = self.rng.choice(facts)
            what = f"{fact['of']}{fact['what']}" if language == "zh" else fact["what"]
            said = self.rng.choice(_TOLD[language]).format(what=what, says=fact["says"])
        else:
            said = self.rng.choice(_PLAIN[language])
        self.told.append(said)
        return said


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what these tests are about; anything else is not."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(llm: LyingLLM) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            models = json.dumps({"data": [{"id": "m"}]}).encode()
            self._send(200, "application/json", models)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            llm.requests.append(body)
            mode = llm.mode()
            try:
                self._act(mode, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _act(self, mode: str, body: dict[str, Any]) -> None:
            match mode:
                case "500" | "429" | "401" | "400":
                    return self._refuse(int(mode))
                case "picky" if "response_format" in body:
                    return self._refuse(400)
                case "deaf":
                    llm.released.wait()
                    self.close_connection = True
                    return None
                case "html":
                    return self._send(200, "text/html", b"<html>no model here</html>")
                case "whole":
                    message = {"message": {"content": llm.reply(body, HONEST)}}
                    data = json.dumps({"choices": [message]}).encode()
                    return self._send(200, "application/json", data)
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            text = llm.reply(body, HONEST if mode in _MANNERS else mode)
            if mode == "broken":
                text = text.replace('"say": "', '"say": ')
            pieces = [text[i : i + 12] for i in range(0, len(text), 12)]
            if mode == "endless":
                pieces = ["blah "] * 4000
            if mode == "thinking":
                thought = ['<think>{"say": "1元"} 我想想', "</think>", "```json\n"]
                pieces = [*thought, *pieces, "\n```"]
            for count, piece in enumerate(pieces):
                if mode in {"stall", "cut"} and count == len(pieces) // 2:
                    if mode == "stall":
                        llm.released.wait()
                    self.close_connection = True
                    return None
                self._event({"choices": [{"delta": {"content": piece}, "finish_reason": None}]})
            if mode == "error":
                self._event({"error": {"message": "out of memory"}})
            else:
                self._event({"choices": [{"delta": {}, "finish_reason": "stop"}]})
                self._chunk(b"data: [DONE]\n\n")
            self._chunk(b"")
            return None

        def _event(self, event: dict[str, Any]) -> None:
            self._chunk(b"data: " + json.dumps(event).encode() + b"\n\n")

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

        def _refuse(self, status: int) -> None:
            key = self.headers.get("authorization", "")
            self._send(status, "application/json", json.dumps({"error": f"no: {key}"}).encode())

        def _send(self, status: int, kind: str, data: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
            if status == 429:
                self.send_header("retry-after", "7")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
