"""rclone mount, over nginx's HTML listing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from readbench.bench import Bench
from readbench.command import run
from readbench.mount import Mount
from readbench.read_ahead import raise_read_ahead

OPTIONS = (
    "--read-only --vfs-cache-mode full --dir-cache-time 1h --attr-timeout 1h --no-checksum --no-modtime --max-read-ahead 1M"
).split()
# No one setting is its best for both: what it reads ahead is in the way of random reads. So each row has its own.
SEQUENTIAL = "--vfs-read-chunk-size 128M --buffer-size 64M --vfs-read-ahead 128M".split()
RANDOM = "--vfs-read-chunk-size 256k --buffer-size 0".split()
STREAMS = ["--vfs-read-chunk-streams", "8"]


def settings() -> str:
    sequential, others = " ".join(SEQUENTIAL + _streams()), " ".join(RANDOM)
    return f"rclone mount: `{' '.join(OPTIONS)}`; sequential `{sequential}`, random `{others}`"


def sequential(bench: Bench, state: Path) -> AbstractContextManager[Path]:
    return _rclone(bench, state, SEQUENTIAL + _streams())


def random(bench: Bench, state: Path) -> AbstractContextManager[Path]:
    return _rclone(bench, state, RANDOM)


@contextmanager
def _rclone(bench: Bench, state: Path, options: list[str]) -> Iterator[Path]:
    command = ["rclone", "mount", ":http:", str(state / "mnt"), "--http-url", bench.folder_url.replace("/data/", "/html/")]
    command += ["--config", "/dev/null", "--cache-dir", str(state / "data"), *OPTIONS, *options]
    with Mount(command, state / "mnt") as folder:
        raise_read_ahead(folder)
        yield folder


def _streams() -> list[str]:
    """Parallel streams, where this version of rclone has them (1.68 and later)."""
    _, known = run(["rclone", "mount", "--help"], 20)
    return STREAMS if STREAMS[0] in known else []
