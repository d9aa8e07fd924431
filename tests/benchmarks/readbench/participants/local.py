"""The same bytes without a network: through another FUSE file system, and without any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readbench.bench import Bench
from readbench.mount import Mount


@contextmanager
def bindfs(bench: Bench, state: Path) -> Iterator[Path]:
    command = ["bindfs", "-f", "--multithreaded", str(bench.served), str(state / "mnt")]
    with Mount(command, state / "mnt") as folder:
        yield folder


@contextmanager
def native(bench: Bench, state: Path) -> Iterator[Path]:
    yield bench.served
