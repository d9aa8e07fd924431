"""Runs what is measured: always in a process of its own, always with a time-out."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence

from readbench import user


class Failed(Exception):
    """A participant did not do what it should; the others are measured all the same."""


def run(command: Sequence[str], limit_seconds: float) -> tuple[float, str]:
    """Runs it to its end; what it took, in seconds, and what it printed."""
    started = time.perf_counter()
    process = subprocess.Popen(
        user.command(list(command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    try:
        out, errors = process.communicate(timeout=limit_seconds)
    except BaseException as error:
        os.killpg(process.pid, signal.SIGKILL)
        # Not waited for: a reader of a mount that hangs only ends when its daemon does
        if isinstance(error, subprocess.TimeoutExpired):
            raise Failed(f"{command[0]} was not done after {limit_seconds:.0f} s") from None
        raise
    seconds = time.perf_counter() - started
    if process.returncode != 0:
        raise Failed(f"{command[0]} ended with {process.returncode}: {errors.strip()[-300:]}")
    return seconds, out
