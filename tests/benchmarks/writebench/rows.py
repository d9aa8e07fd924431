"""What is timed. Every measurement begins with nothing of the ones before to be written by the kernel."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from readbench.command import Failed, run
from readbench.participants.names import BINDFS
from readbench.row import Budget, Row
from writebench.settings import LEAST, LEAST_SEQUENTIAL, LIMIT_SECONDS, Settings

SQLITE = Path(__file__).with_name("sqlite_inserts.py")


@dataclass
class Tools:
    """What the rows run.

    Attributes
    ----------
    small_files : the compiled program
    archive : the source tree
    content : of the file that is written in one go; no zeros, which a disk may treat in a way of its own
    """

    small_files: Path
    archive: Path
    content: Path


@dataclass(frozen=True)
class Part:
    """Rows that are measured together, for one needs what another left: what each measurement gives, in the rows' order."""

    rows: list[Row]
    measures: list[Callable[[Path], float]]


def parts(settings: Settings, tools: Tools) -> dict[str, Part]:
    return {
        "small": _small_files(settings, tools),
        "untar": Part([_row("untar a source tree", "files/s")], [lambda folder: _untar(settings, tools, folder)]),
        "sqlite": _sqlite(settings),
        "sequential": Part(
            [_row(f"write {settings.sequential_mib} MiB in pieces of 1 MiB, then fsync", "MiB/s", LEAST_SEQUENTIAL)],
            [lambda folder: _sequential(settings, tools, folder)],
        ),
    }


def measure(part: Part, name: str, folder: Path) -> None:
    """One round of one participant, in a new folder that goes again. This process only asks others to touch it."""
    run(["mkdir", str(folder)], LIMIT_SECONDS)
    for row, action in zip(part.rows, part.measures, strict=True):
        os.sync()
        row.measure(name, lambda: action(folder))
    run(["rm", "-rf", str(folder)], LIMIT_SECONDS)


def _small_files(settings: Settings, tools: Tools) -> Part:
    def measured(what: str) -> Callable[[Path], float]:
        command = [str(tools.small_files), what]
        return lambda folder: settings.small_files / _seconds([*command, str(folder), str(settings.small_files)]) / 1000

    calls = ("create", "stat", "unlink")
    return Part([_row(f"{what} {settings.small_files:,} small files", "thousand/s") for what in calls], [measured(what) for what in calls])


def _untar(settings: Settings, tools: Tools, folder: Path) -> float:
    seconds, _ = run(["tar", "-xf", str(tools.archive), "-C", str(folder)], LIMIT_SECONDS)
    return settings.tree_files / seconds


def _sqlite(settings: Settings) -> Part:
    def measured(mode: str) -> Callable[[Path], float]:
        command = ["/usr/bin/python3", str(SQLITE)]
        return lambda folder: settings.inserts / _seconds([*command, str(folder / f"{mode}.db"), mode, str(settings.inserts)])

    return Part(
        [_row("SQLite inserts, write-ahead log", "commits/s"), _row("SQLite inserts, rollback journal", "commits/s")],
        [measured("WAL"), measured("DELETE")],
    )


def _sequential(settings: Settings, tools: Tools, folder: Path) -> float:
    command = ["dd", f"if={tools.content}", f"of={folder / 'file'}", "bs=1M", "conv=fsync", "status=none"]
    seconds, _ = run(command, LIMIT_SECONDS)
    return settings.sequential_mib / seconds


def _row(title: str, unit: str, least: float = LEAST) -> Row:
    return Row(title, unit, True, [Budget(BINDFS, least)])


def _seconds(command: list[str]) -> float:
    _, out = run(command, LIMIT_SECONDS)
    try:
        return float(out)
    except ValueError:
        raise Failed(f"{command[0]} printed {out[:100]!r}") from None
