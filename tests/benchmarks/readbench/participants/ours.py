"""Our daemon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readbench.bench import Bench
from readbench.mount import Mount


@contextmanager
def virtualview(bench: Bench, state: Path) -> Iterator[Path]:
    """With all defaults."""
    places = {f"XDG_{kind}_HOME": str(state / "data" / kind.lower()) for kind in ("STATE", "CACHE", "DATA", "CONFIG")}
    command = [str(bench.program), "mount", bench.folder_url, str(state / "mnt")]
    with Mount(command, state / "mnt", places) as folder:
        yield folder


@contextmanager
def without_passthrough(bench: Bench, state: Path) -> Iterator[Path]:
    """Every byte comes through the daemon, as it does for users without root."""
    view = {"Name": "bench", "MountPoint": str(state / "mnt"), "StateDirectory": str(state / "data"), "Passthrough": "Off"}
    sources = {"web": {"Kind": "Http", "Url": bench.folder_url}}
    configuration = state / "appsettings.json"
    sections = {"View": view, "Sources": sources, "Mappings": [{"At": "/", "Sources": ["web"]}]}
    configuration.write_text(json.dumps({"VirtualView": sections}))
    with Mount([str(bench.program), "mount", "--config", str(configuration)], state / "mnt") as folder:
        yield folder
