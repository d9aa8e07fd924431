"""Who is measured, with which settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from readbench.bench import Bench
from readbench.command import run
from readbench.mount import Mount

OURS = "virtualview"
RCLONE = "rclone mount"
BINDFS = "bindfs"
NATIVE = "native file"

RCLONE_OPTIONS = (
    "--read-only --vfs-cache-mode full --dir-cache-time 1h --attr-timeout 1h --no-checksum --no-modtime --max-read-ahead 1M"
).split()
# No one setting is its best for both: what it reads ahead is in the way of random reads. So each row has its own.
RCLONE_SEQUENTIAL = "--vfs-read-chunk-size 128M --buffer-size 64M --vfs-read-ahead 128M".split()
RCLONE_RANDOM = "--vfs-read-chunk-size 256k --buffer-size 0".split()
RCLONE_STREAMS = ["--vfs-read-chunk-streams", "8"]


# Each of these mounts what the server has, with its state in a folder of its own, and gives the mount point.

@contextmanager
def virtualview(bench: Bench, state: Path) -> Iterator[Path]:
    places = {f"XDG_{kind}_HOME": str(state / "data" / kind.lower()) for kind in ("STATE", "CACHE", "DATA", "CONFIG")}
    command = [str(bench.program), "mount", bench.folder_url, str(state / "mnt")]
    with Mount(command, state / "mnt", places) as folder:
        yield folder


@contextmanager
def rclone(bench: Bench, state: Path, options: list[str]) -> Iterator[Path]:
    command = ["rclone", "mount", ":http:", str(state / "mnt"), "--http-url", bench.folder_url.replace("/data/", "/html/")]
    command += ["--config", "/dev/null", "--cache-dir", str(state / "data"), *RCLONE_OPTIONS, *options]
    with Mount(command, state / "mnt") as folder:
        yield folder


def rclone_sequential(bench: Bench, state: Path) -> AbstractContextManager[Path]:
    return rclone(bench, state, RCLONE_SEQUENTIAL + rclone_streams())


def rclone_random(bench: Bench, state: Path) -> AbstractContextManager[Path]:
    return rclone(bench, state, RCLONE_RANDOM)


@contextmanager
def bindfs(bench: Bench, state: Path) -> Iterator[Path]:
    command = ["bindfs", "-f", "--multithreaded", str(bench.served), str(state / "mnt")]
    with Mount(command, state / "mnt") as folder:
        yield folder


@contextmanager
def native(bench: Bench, state: Path) -> Iterator[Path]:
    yield bench.served


def rclone_streams() -> list[str]:
    """Parallel streams, where this version of rclone has them (1.68 and later)."""
    _, known = run(["rclone", "mount", "--help"], 20)
    return RCLONE_STREAMS if RCLONE_STREAMS[0] in known else []
