"""The daemon that is measured, with a configuration of its own. This process never touches what is mounted."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

from readbench.command import Failed, run
from testrun.mounts import mounts_below, unmount

START_SECONDS = 60
END_SECONDS = 60


class Daemon:
    """Mounted inside a `with` block; the state stays, so that the next one finds it."""

    def __init__(self, program: Path, folder: Path, source: dict[str, str]):
        self._program, self._folder = program, folder
        self.point = folder / "mnt"
        self._config = folder / "appsettings.json"
        self.point.mkdir(exist_ok=True)
        # It polls when it is told to, so that what is measured is not a poll that happened to run.
        mapping = {"At": "/", "Sources": ["s"], "PollInterval": "1:00:00"}
        view = {"Name": "scale", "MountPoint": str(self.point), "StateDirectory": str(folder / "state")}
        settings = {"View": view, "Sources": {"s": source}, "Mappings": [mapping]}
        self._config.write_text(json.dumps({"VirtualView": settings}), encoding="utf-8")
        self._process: subprocess.Popen | None = None
        self.start_seconds = 0.0

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Daemon:
        began = time.perf_counter()
        log = (self._folder / "daemon.log").open("ab")
        command = [str(self._program), "mount", "--config", str(self._config)]
        places = {f"XDG_{kind}_HOME": str(self._folder / "xdg") for kind in ("STATE", "CACHE", "DATA", "CONFIG")}
        with log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            self._process = subprocess.Popen(command, **streams, env={**os.environ, **places}, start_new_session=True)
        while str(self.point) not in mounts_below(self._folder):
            if self._process.poll() is not None or time.perf_counter() - began > START_SECONDS:
                self.__exit__()
                raise Failed(f"the daemon did not mount: {(self._folder / 'daemon.log').read_text(errors='replace')[-500:]}")
            time.sleep(0.002)
        self.start_seconds = time.perf_counter() - began
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for point in mounts_below(self._folder):
            unmount(point)

    def poll(self, limit_seconds: float) -> float:
        """Polls every directory that is known, and what that took."""
        return run([str(self._program), "sync", "--config", str(self._config)], limit_seconds)[0]
