"""Who is measured. All keep what is written on one disk, and stay mounted over all rounds, as daemons do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readbench.mount import Mount
from readbench.participants.names import BINDFS, OURS

NATIVE = "no FUSE"
BINDFS_OPTIONS = ["--multithreaded"]


@contextmanager
def virtualview(program: Path, state: Path) -> Iterator[Path]:
    """With all defaults but that it may be written; its source is an empty folder."""
    (state / "source").mkdir()
    view = {"Name": "bench", "MountPoint": str(state / "mnt"), "StateDirectory": str(state / "state"), "ReadOnly": False}
    sections = {"View": view, "Sources": {"s": {"Kind": "Local", "Path": str(state / "source")}}, "Mappings": [{"At": "/", "Sources": ["s"]}]}
    configuration = state / "appsettings.json"
    configuration.write_text(json.dumps({"VirtualView": sections}), encoding="utf-8")
    places = {f"XDG_{kind}_HOME": str(state / "xdg") for kind in ("STATE", "CACHE", "DATA", "CONFIG")}
    with Mount([str(program), "mount", "--config", str(configuration)], state / "mnt", places) as folder:
        yield folder


@contextmanager
def bindfs(_: Path, state: Path) -> Iterator[Path]:
    (state / "below").mkdir()
    with Mount(["bindfs", "-f", *BINDFS_OPTIONS, str(state / "below"), str(state / "mnt")], state / "mnt") as folder:
        yield folder


@contextmanager
def native(_: Path, state: Path) -> Iterator[Path]:
    (state / "mnt").mkdir()
    yield state / "mnt"


PARTICIPANTS = {OURS: virtualview, BINDFS: bindfs, NATIVE: native}
