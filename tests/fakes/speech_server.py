"""A speech server as OpenAI's API describes it, on this machine: it really speaks."""

import io
import json
import threading
import wave
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import soxr

from core.utterance import SAMPLE_RATE_HZ, Utterance

PCM_HZ = 24_000
Say = Callable[[str, float], Utterance]
"""Text and speed -> sound."""


class SpeechServer:
    """Answers POST /v1/audio/speech until it is closed. `trouble` makes it fail in various ways."""

    def __init__(self, say: Say) -> None:
        self.trouble = ""
        # "": none; an HTTP status; "wav", "mp3", "cut"
        self.asked: list[dict[str, object]] = []
        self.keys: list[str] = []
        self.said: list[Utterance] = []
        lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                outer.asked.append(body)
                outer.keys.append(self.headers.get("Authorization", ""))
                if outer.trouble.isdigit():
                    self._send(int(outer.trouble), "text/plain", b"no voice today")
                    return
                with lock:
                    utterance = say(body["input"], body.get("speed", 1.0))
                outer.said.append(utterance)
                pcm = to_pcm(utterance)
                if outer.trouble == "wav":
                    self._send(200, "audio/wav", to_wav(pcm))
                elif outer.trouble == "mp3":
                    self._send(200, "audio/mpeg", b"ID3\x04" + pcm[:1000])
                elif outer.trouble == "cut":
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(pcm)))
                    self.end_headers()
                    self.wfile.write(pcm[: len(pcm) // 2])
                    self.close_connection = True
                else:
                    self.send_response(200)
                    self.send_header("Transfer-Encoding", "chunked")
                    self.end_headers()
                    for at in range(0, len(pcm), 4801):  # an odd size splits samples
                        piece = pcm[at : at + 4801]
                        self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                    self.wfile.write(b"0\r\n\r\n")

            def _send(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Tests stay quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def to_pcm(utterance: Utterance) -> bytes:
    samples = soxr.resample(utterance.samples, SAMPLE_RATE_HZ, PCM_HZ)
    return np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def to_wav(pcm: bytes) -> bytes:
    """A WAV whose header does not know the length yet, as servers that stream send it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(PCM_HZ)
        wav.writeframes(pcm)
    data = bytearray(file.getvalue())
    data[4:8] = data[40:44] = b"\xff\xff\xff\xff"
    return bytes(data)
