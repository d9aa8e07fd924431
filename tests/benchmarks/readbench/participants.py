"""Who is measured, with which settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readbench.bench import Bench
from readbench.command import run
from readbench.mount import Mount

OURS = "virtualview"
RCLONE = "rclone mount"
BINDFS = "bindfs"
NATIVE = "native file"

RCLONE_OPTIONS = (
    "--read-only --vfs-cache-mode full --vfs-read-chunk-size 8M --vfs-read-chunk-size-limit off --buffer-size 64M "
    "--vfs-read-ahead 128M --dir-cache-time 1h --attr-timeout 1h --no-checksum --no-modtime"
).split()
RCLONE_STREAMS = ["--vfs-read-chunk-streams", "8"]


# Each of these mounts what the server has, with its state in a folder of its own, and gives the mount point.

@contextmanager
def virtualview(bench: Bench, state: Path) -> Iterator[Path]:
    places = {f"XDG_{kind}_HOME": str(state / "data" / kind.lower()) for kind in ("STATE", "CACHE", "DATA", "CONFIG")}
    command = [str(bench.program), "mount", bench.folder_url, str(state / "mnt")]
    with Mount(command, state / "mnt", places) as folder:
        yield folder


@contextmanager
def rclone(bench: Bench, state: Path) -> Iterator[Path]:
    command = ["rclone", "mount", ":http:", str(state / "mnt"), "--http-url", bench.folder_url.replace("/data/", "/html/")]
    command += ["--config", "/dev/null", "--cache-dir", str(state / "data"), *rclone_options()]
    with Mount(command, state / "mnt") as folder:
        yield folder


@contextmanager
def bindfs(bench: Bench, state: Path) -> Iterator[Path]:
    command = ["bindfs", "-f", "--multithreaded", str(bench.served), str(state / "mnt")]
    with Mount(command, state / "mnt") as folder:
        yield folder


@contextmanager
def native(bench: Bench, state: Path) -> Iterator[Path]:
    yield bench.served


def rclone_options() -> list[str]:
    _, known = run(["rclone", "mount", "--help"], 20)
    return RCLONE_OPTIONS + (RCLONE_STREAMS if RCLONE_STREAMS[0] in known else [])
