"""Asks the simulated link what has travelled, and changes it."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readbench.command import Failed

START_SECONDS = 20


class Link:
    """A testlink's control connection. Addresses are `HOST:PORT`."""

    def __init__(self, address: str, control: str):
        self.address = address
        self._control = control

    def bytes_down(self) -> int:
        """Bytes that have crossed the link towards the clients since it was started."""
        return json.loads(self.command("stats"))["downBytes"]

    def command(self, line: str) -> str:
        host, _, port = self._control.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(f"{line}\n".encode())
            answer = connection.makefile("r", encoding="utf-8").readline().strip()
        if answer.startswith("error:"):
            raise ValueError(answer)
        return answer

    def set_real(self, rtt_seconds: float, bandwidth_bits: int) -> None:
        self.command(f"rtt {rtt_seconds * 1000:g}ms")
        self.command(f"bandwidth {bandwidth_bits // 1_000_000}Mbit")

    def set_fast(self) -> None:
        """For what is not measured."""
        self.command("rtt 0ms")
        self.command("bandwidth unlimited")


@contextmanager
def start_link(program: Path, port: int, folder: Path) -> Iterator[Link]:
    """A link to a server on this machine; its control connection's address is in its output."""
    output = folder / "testlink.log"
    command = [str(program), "--to", f"127.0.0.1:{port}", "--control", "127.0.0.1:0"]
    with output.open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        end = time.monotonic() + START_SECONDS
        while len(said := dict(line.split(" ", 1) for line in output.read_text().splitlines() if " " in line)) < 2:
            if process.poll() is not None or time.monotonic() > end:
                raise Failed(f"the simulated link did not start: {output.read_text().strip()[-300:]}")
            time.sleep(0.05)
        yield Link(said["listening"], said["control"])
    finally:
        process.terminate()
        process.wait()
