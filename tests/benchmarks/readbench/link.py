"""Asks the simulated link what has travelled, and changes it."""

from __future__ import annotations

import json
import socket


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
