import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.render.media import Clip, encode_clip

RTMP_MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")


class RtmpServer:
    """nginx with its RTMP module on a free port of this machine; it records what it is sent."""

    def __init__(self, folder: Path) -> None:
        assert shutil.which("nginx"), "no nginx: sudo apt-get install nginx libnginx-mod-rtmp"
        assert RTMP_MODULE.exists(), "no RTMP module: sudo apt-get install libnginx-mod-rtmp"
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        user = "user root;" if os.geteuid() == 0 else ""
        self._config = folder / "nginx.conf"
        self._config.write_text(f"""
            load_module {RTMP_MODULE}; {user}
            daemon off; master_process off; worker_processes 1;
            pid {folder}/pid; error_log {folder}/error.log info;
            events {{ worker_connections 64; }}
            rtmp {{ server {{
                listen 127.0.0.1:{self.port};
                chunk_size 4096;
                application live {{
                    live on; record all; record_path {folder}; record_unique on;
                }}
            }} }}
        """)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"rtmp://127.0.0.1:{self.port}/live/s3cret-key"

    @property
    def recordings(self) -> list[Path]:
        return sorted(self._folder.glob("*.flv"), key=lambda path: path.stat().st_mtime_ns)

    @property
    def log(self) -> str:
        return (self._folder / "error.log").read_text()

    def start(self) -> None:
        log = self._folder / "error.log"
        self._started_at = len(log.read_text()) if log.exists() else 0
        self._process = subprocess.Popen(
            ["nginx", "-e", f"{self._folder}/error.log", "-p", self._folder, "-c", self._config],
            stderr=subprocess.DEVNULL,
        )
        while True:
            assert self._process.poll() is None, self.log
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except ConnectionRefusedError:
                continue
            return

    def kill(self, how: int = signal.SIGKILL) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(10)
        self._process = None

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def finish(self) -> None:
        """Stop once everything that was sent is read and recorded."""
        while self._session.count(" disconnect, ") < self._session.count(" client connected "):
            assert self._process is not None
            assert self._process.poll() is None, self.log
        self.stop()

    @property
    def _session(self) -> str:
        """The log since the last start."""
        return self.log[self._started_at :]

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self.kill(signal.SIGTERM)


@pytest.fixture
def rtmp_server(tmp_path: Path) -> Iterator[RtmpServer]:
    folder = tmp_path / "rtmp"
    folder.mkdir()
    server = RtmpServer(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def clip() -> Clip:
    """Twenty seconds."""
    return encode_clip(20)
