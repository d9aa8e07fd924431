"""A FUSE daemon in the foreground, for as long as it is measured. This process never touches what is mounted."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from readbench import user
from readbench.command import Failed, run
from testrun.mounts import mounts_below, unmount

START_SECONDS = 30
END_SECONDS = 20


class Mount:
    """Mounts at the start of a `with` block, which gets the folder, and unmounts at its end."""

    def __init__(
        self, command: list[str], point: Path, environment: dict[str, str] | None = None, probe: list[str] | None = None
    ):
        self._command = user.command(command)
        self._point = point
        home = {"HOME": str(point.parent), "XDG_RUNTIME_DIR": str(point.parent)}
        self._environment = {**os.environ, **home, **(environment or {})}
        self._probe = probe or ["ls", str(point)]
        self._name = Path(command[0]).name
        self._log = point.with_suffix(".log")
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Path:
        self._point.mkdir(parents=True, exist_ok=True)
        user.give(self._point)
        with self._log.open("wb") as log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            self._process = subprocess.Popen(self._command, **streams, env=self._environment, start_new_session=True)
        try:
            self._wait_until_mounted()
            # It may be mounted before anyone answers
            run(self._probe, START_SECONDS)
        except BaseException:
            self.__exit__()
            raise
        return self._point

    def __exit__(self, *_: object) -> None:
        process = self._process
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for point in mounts_below(self._point.parent):
            if point == str(self._point):
                unmount(point)

    def _wait_until_mounted(self) -> None:
        end = time.monotonic() + START_SECONDS
        while str(self._point) not in mounts_below(self._point.parent):
            if self._process.poll() is not None or time.monotonic() > end:
                log = self._log.read_text(errors="replace").strip()[-300:]
                raise Failed(f"{self._name} did not mount: {log}")
            time.sleep(0.01)
