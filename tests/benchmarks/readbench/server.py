"""A server on a loopback port, for as long as a `with` block."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

from readbench.command import Failed

START_SECONDS = 20
END_SECONDS = 10


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, command: list[str], port: int, folder: Path):
        self._command = command
        self._port = port
        self._folder = folder
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Server:
        log = self._folder / "server.log"
        with log.open("wb") as output:
            streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
            self._process = subprocess.Popen(self._command, **streams, cwd=self._folder, start_new_session=True)
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise Failed(f"{Path(self._command[0]).name} did not start: {log.read_text(errors='replace').strip()[-300:]}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0
