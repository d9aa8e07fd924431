"""Runs one command with a time-out and ends whatever it leaves behind.

`python3 -m testrun.supervisor SECONDS RESULT COMMAND...`; a process of its own, so that orphans have one known parent.
Ends with the command's exit code, 124 after a time-out. RESULT becomes a JSON file: exit_code, timed_out, seconds, left
(descriptions of processes that were left running).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from testrun.processes import adopt_orphans, descendants, describe, die_with_parent

# What a test has told to end may need a moment to do so.
GRACE_SECONDS = 5


def main() -> int:
    limit, result, command = float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    die_with_parent(signal.SIGTERM)
    adopt_orphans()
    # A shell makes what it starts in the background deaf to SIGINT; tests must find signals as a user's programs do
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda number, _: sys.exit(128 + number))
    started = time.monotonic()
    answer = {"exit_code": None, "timed_out": False, "left": []}
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            answer["exit_code"] = child.wait(limit)
        except subprocess.TimeoutExpired:
            answer["timed_out"] = True
        answer["seconds"] = time.monotonic() - started
        if not answer["timed_out"]:
            answer["left"] = [describe(pid) for pid in _still_there()]
    finally:
        _end_all()
    result.write_text(json.dumps(answer))
    # As a shell would tell it; 124 as `timeout` does
    code = 124 if answer["timed_out"] else answer["exit_code"]
    return code if code >= 0 else 128 - code


def _still_there() -> list[int]:
    end = time.monotonic() + GRACE_SECONDS
    while (left := descendants(os.getpid())) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def _end_all() -> None:
    """Ends all below: politely first, so that a daemon can unmount. One that forks meanwhile is met in the next turn."""
    for kind, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, GRACE_SECONDS)):
        end = time.monotonic() + seconds
        told: set[int] = set()
        while (left := descendants(os.getpid())) and time.monotonic() < end:
            for pid in left:
                if pid not in told:
                    told.add(pid)
                    _send(pid, kind)
            time.sleep(0.05)


def _send(pid: int, kind: int) -> None:
    try:
        os.kill(pid, kind)
    except ProcessLookupError:
        pass  # it was faster


if __name__ == "__main__":
    sys.exit(main())
