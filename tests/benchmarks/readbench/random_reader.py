"""Reads blocks at random places of a file, one at a time: `random_reader.py PATH OFFSETS BYTES`, or of a URL.

Prints JSON: seconds of each read, and the SHA-256 of all that was read in this order. A process of its own: it may touch
mounts, and it may hang. For a URL it keeps one connection and sends one GET with Range a read.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit


def main() -> None:
    path, offsets, length = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
    read = url_reader(path) if path.startswith("http://") else file_reader(path)
    seconds, pieces = [], []
    for offset in offsets:
        started = time.perf_counter()
        piece = read(offset, length)
        seconds.append(time.perf_counter() - started)
        pieces.append(piece)
    print(json.dumps({"seconds": seconds, "sha256": hashlib.sha256(b"".join(pieces)).hexdigest()}))


def file_reader(path: str) -> Callable[[int, int], bytes]:
    file = os.open(path, os.O_RDONLY)
    return lambda offset, length: os.pread(file, length, offset)


def url_reader(url: str) -> Callable[[int, int], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    # The handshake is no part of a read on a kept connection, and it only ends with the first answer
    connection.request("HEAD", parts.path)
    connection.getresponse().read()

    def read(offset: int, length: int) -> bytes:
        connection.request("GET", parts.path, headers={"Range": f"bytes={offset}-{offset + length - 1}"})
        return connection.getresponse().read()

    return read


if __name__ == "__main__":
    main()
