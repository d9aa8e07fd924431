"""Warm: all of the file is in our cache. The same bytes lie in a local folder for bindfs and for native reading."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from readbench import caches, user
from readbench.bench import Bench
from readbench.command import Failed, run
from readbench.participants.local import bindfs, native
from readbench.participants.names import BINDFS, NATIVE, OURS, OURS_WITHOUT_PASSTHROUGH
from readbench.participants.ours import virtualview, without_passthrough
from readbench.row import Budget, Row
from readbench.settings import MIB, POLL_BYTES

PARTICIPANTS = {OURS: virtualview, OURS_WITHOUT_PASSTHROUGH: without_passthrough, BINDFS: bindfs, NATIVE: native}
PASSTHROUGH = "with passthrough"


class Warm:
    """Participants that stay mounted over all rounds, as daemons do."""

    def __init__(self, bench: Bench, stack: ExitStack):
        self._bench = bench
        self._stack = stack
        self._states: dict[str, Path] = {}
        self._files: dict[str, Path] = {}
        self.problems: dict[str, str] = {}

    def prepare(self) -> None:
        """Mounts all, and reads the file once through each: ours then has it in its cache, and has checked its blocks."""
        self._bench.set_fast_links()
        for name in participants():
            state = self._states[name] = self._bench.fresh_folder("warm")
            self._stack.callback(self._bench.remove, state)
            try:
                folder = self._stack.enter_context(PARTICIPANTS[name](self._bench, state))
                self._files[name] = folder / self._bench.file_name
                self._bench.check_bytes(self._files[name])
            except Failed as problem:
                self.problems[name] = str(problem)
        self._bench.set_real_links()

    def read(self, name: str, in_memory: bool, action: Callable[[Path], float]) -> float:
        """Measures without any page of a mount in memory; with or without those of the local files that lie below it."""
        caches.drop()
        if in_memory:
            folder = self._states[name] / "data"
            local = [self._bench.file] if name in (BINDFS, NATIVE) else caches.files_below(folder)
            caches.fill(local, self._bench.settings.limit_seconds)
        before = self._bench.link.bytes_down()
        value = action(self._files[name])
        travelled = self._bench.link.bytes_down() - before
        if travelled > POLL_BYTES:
            raise Failed(f"not warm: {travelled} bytes travelled")
        return value

    def check(self) -> None:
        for file in self._files.values():
            self._bench.check_bytes(file)


def participants() -> list[str]:
    """Passthrough is for root, so without root it is off in any case."""
    return [name for name in PARTICIPANTS if user.is_privileged() or name != OURS_WITHOUT_PASSTHROUGH]


def all_rows(bench: Bench, progress: Callable[[str], None]) -> list[Row]:
    if not caches.can_drop():
        progress("warm: not measured. Only root can drop the kernel's page cache; run as root")
        return []
    disk, memory = _sequential_row("from disk", strict=True), _sequential_row("from memory", strict=False)
    fio = {jobs: _random_row(jobs) for jobs in (1, 4)}
    rows = [disk, memory, *fio.values()]
    with ExitStack() as stack:
        warm = Warm(bench, stack)
        progress("warm: filling")
        warm.prepare()
        for row in rows:
            row.problems.update(warm.problems)
        for number in range(bench.settings.rounds):
            progress(f"warm, round {number + 1}")
            for row, in_memory in ((disk, False), (memory, True)):
                for name in participants():
                    row.measure(name, lambda: warm.read(name, in_memory, lambda file: _dd(bench, file)))
            for jobs, row in fio.items():
                for name in participants():
                    row.measure(name, lambda: warm.read(name, True, lambda file: _fio(bench, file, jobs)))
        warm.check()
    return rows


def _sequential_row(where: str, strict: bool) -> Row:
    return Row(f"warm sequential {where}, `dd bs=1M`", "MiB/s", True, _budgets(1.0, 0.95) if strict else [])


def _random_row(jobs: int) -> Row:
    return Row(f"warm random 4 KiB, {jobs} job{'s' if jobs > 1 else ''}", "kIOPS", True, _budgets(0.9, 0.8))


def _budgets(of_bindfs: float, of_native: float) -> list[Budget]:
    budgets = [Budget(BINDFS, of_bindfs)]
    if user.is_privileged():
        budgets += [Budget(BINDFS, of_bindfs, who=OURS_WITHOUT_PASSTHROUGH), Budget(NATIVE, of_native, PASSTHROUGH)]
    return budgets


def _dd(bench: Bench, file: Path) -> float:
    seconds, _ = run(["dd", f"if={file}", "of=/dev/null", "bs=1M", "status=none"], bench.settings.limit_seconds)
    return bench.settings.size_bytes / MIB / seconds


def _fio(bench: Bench, file: Path, jobs: int) -> float:
    # Each job has its own part of the file and reads each of its blocks once: none is read from the mount's own pages
    part = bench.settings.size_bytes // jobs
    command = f"fio --name=read --rw=randread --bs=4k --ioengine=psync --numjobs={jobs} --size={part}".split()
    command += f"--offset_increment={part} --runtime={bench.settings.fio_seconds} --randrepeat=1 --invalidate=0".split()
    command += ["--readonly", "--group_reporting", "--output-format=json", f"--filename={file}"]
    _, out = run(command, bench.settings.fio_seconds + 60)
    return json.loads(out)["jobs"][0]["read"]["iops"] / 1000
