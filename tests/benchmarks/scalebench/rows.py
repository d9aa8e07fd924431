"""The measurements, one after the other: each needs what the one before left."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from readbench.command import Failed, run
from scalebench.daemon import Daemon
from scalebench.process import anonymous_mib, cpu_seconds, peak_mib, resident_mib

LIMIT_SECONDS = 1200
# What the contract asks for at one million files.
PEAK_MIB = 400 * 1e6 / (1 << 20)
RESTART_SECONDS = 2.0


def rows(daemon: Daemon, served: Path, files: int, polls: int) -> Iterator[str]:
    """One line of the table after the other: what, how much, budget."""
    yield "| What | Measured | Budget |\n|---|---:|---|"
    with daemon:
        yield _row("started, nothing known: peak", f"{peak_mib(daemon.pid):.0f} MiB")
        yield _row("first `ls -lR`: time", _list(daemon, files))
        yield _row("first `ls -lR`: peak", f"{peak_mib(daemon.pid):.0f} MiB", _verdict(peak_mib(daemon.pid), PEAK_MIB, "MiB"))
        yield _row("second `ls -lR`: time", _list(daemon, files))
        yield _row("second `ls -lR`: resident", f"{resident_mib(daemon.pid):.0f} MiB")
        # The first polls compile what they run, and the heap finds its size.
        warm = [daemon.poll(LIMIT_SECONDS) for _ in range(3)]
        before = anonymous_mib(daemon.pid)
        timed = [daemon.poll(LIMIT_SECONDS) for _ in range(polls)] or warm
        after = anonymous_mib(daemon.pid)
        yield _row(f"{polls} unchanged polls: resident memory grew by", f"{after - before:+.1f} MiB")
        yield _row("unchanged poll: median time", f"{sorted(timed)[len(timed) // 2]:.1f} s")
        yield _row("after all of it: peak", f"{peak_mib(daemon.pid):.0f} MiB", _verdict(peak_mib(daemon.pid), PEAK_MIB, "MiB"))
    with _away(served), daemon:
        yield _row("restart, source away: mounted after", f"{daemon.start_seconds:.2f} s")
        seen, _ = run(["ls", str(daemon.point)], LIMIT_SECONDS)
        whole = daemon.start_seconds + seen
        yield _row("restart: CPU time of the daemon", f"{cpu_seconds(daemon.pid):.2f} s")
        yield _row("restart: first `ls` answered after", f"{whole:.2f} s", _verdict(whole, RESTART_SECONDS, "s"))
        yield _row("restart: peak before anything else", f"{peak_mib(daemon.pid):.0f} MiB")
        yield _row("restart: `ls -lR`: time", _list(daemon, files))
        yield _row("restart: `ls -lR`: peak", f"{peak_mib(daemon.pid):.0f} MiB", _verdict(peak_mib(daemon.pid), PEAK_MIB, "MiB"))


def _list(daemon: Daemon, files: int) -> str:
    before = cpu_seconds(daemon.pid)
    count = 'ls -lR "$0" | grep -c "^-"'
    seconds, out = run(["sh", "-c", count, str(daemon.point)], LIMIT_SECONDS)
    if int(out) != files:
        raise Failed(f"ls shows {out.strip()} files, not {files}")
    return f"{seconds:.1f} s (CPU of the daemon {cpu_seconds(daemon.pid) - before:.1f} s)"


def _row(what: str, value: str, budget: str = "") -> str:
    return f"| {what} | {value} | {budget} |"


def _verdict(value: float, most: float, unit: str) -> str:
    return f"at most {most:.0f} {unit}: {'met' if value <= most else '**not met**'}"


@contextlib.contextmanager
def _away(served: Path) -> Iterator[None]:
    aside = served.with_name(served.name + ".away")
    served.rename(aside)
    try:
        yield
    finally:
        aside.rename(served)
