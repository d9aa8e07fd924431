"""Runs projects, each in a folder for temporary files of its own, and judges how it went."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from testrun.mounts import mounts_below, unmount
from testrun.lanes import MOST_LANES, phases
from testrun.outcome import Counts, Failure, Outcome
from testrun.project import Project
from testrun.report import BadReport, read_junit, read_xunit
from testrun.settings import Settings

LOG_LINES = 25


class Runner:
    """Knows how to run a project and to tell what went wrong with it."""

    def __init__(self, settings: Settings, logs: Path):
        self._settings = settings
        self._logs = logs
        self._supervisors: set[subprocess.Popen] = set()
        self._stopped = False

    def run(self, projects: list[Project]) -> Iterator[Outcome]:
        """Yields each project's outcome as it is known."""
        with ThreadPoolExecutor(MOST_LANES) as pool:
            try:
                for lanes in phases(projects, self._settings.overlap):
                    yield from self._run_lanes(pool, lanes)
            finally:
                # Only an interrupted run has any left
                self._stopped = True
                for supervisor in list(self._supervisors):
                    supervisor.terminate()

    def _run_lanes(self, pool: ThreadPoolExecutor, lanes: list[list[Project]]) -> Iterator[Outcome]:
        outcomes: queue.Queue[Outcome | BaseException] = queue.Queue()
        for lane in lanes:
            pool.submit(self._run_lane, lane, outcomes)
        for _ in range(sum(len(lane) for lane in lanes)):
            outcome = outcomes.get()
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome

    def _run_lane(self, lane: list[Project], outcomes: queue.Queue) -> None:
        for project in lane:
            if self._stopped:
                return
            try:
                outcomes.put(self._run_one(project))
            except BaseException as error:  # noqa: BLE001 - it is raised where the outcomes are taken
                outcomes.put(error)

    def _run_one(self, project: Project) -> Outcome:
        log, report = self._logs / f"{project.name}.log", self._logs / f"{project.name}.xml"
        # Short, because a Unix socket's path must fit into 108 bytes
        temporary = Path(tempfile.mkdtemp(prefix="vvt."))
        # Servers of the tests run as users of their own, who must get through
        temporary.chmod(0o711)
        try:
            command = project.command(report, self._settings.without)
            result = self._supervise(project, command, temporary, log)
            counts, note = self._judge(project, result, report, log)
            for point in mounts_below(temporary):
                unmount(point)
                counts.failures.append(Failure("(left behind)", f"still mounted, now unmounted: {point}"))
        finally:
            # A mount that could not be undone must not be emptied
            if not mounts_below(temporary):
                shutil.rmtree(temporary, ignore_errors=True)
        return Outcome(project.name, counts, result.get("seconds", 0), str(log), note)

    def _supervise(self, project: Project, command: list[str], temporary: Path, log: Path) -> dict:
        result = self._logs / f"{project.name}.json"
        environment = {**os.environ, **self._settings.environment, "TMPDIR": str(temporary)}
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
        supervisor = [sys.executable, "-m", "testrun.supervisor", str(self._settings.limit_seconds), str(result), *command]
        with log.open("wb") as out:
            process = subprocess.Popen(
                supervisor, cwd=project.folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
            self._supervisors.add(process)
            process.wait()
            self._supervisors.discard(process)
        try:
            return json.loads(result.read_text())
        except (OSError, ValueError):
            return {"exit_code": None, "timed_out": False, "left": [], "seconds": 0}

    def _judge(self, project: Project, result: dict, report: Path, log: Path) -> tuple[Counts, str]:
        counts, note = Counts(), ""
        if result["timed_out"]:
            limit = f"{self._settings.limit_seconds:.0f}"
            counts.failures.append(Failure("(time-out)", f"not done after {limit} s, so it was ended\n{_tail(log)}"))
            return counts, note
        try:
            counts = read_junit(report) if project.is_python else read_xunit(report)
        except BadReport as problem:
            code = result["exit_code"]
            counts.failures.append(Failure("(crash)", f"{problem}; exit code {code}\n{_tail(log)}"))
            return counts, note
        if counts.executed == 0:
            if self._has_tests(project):
                note = "needs FUSE or nginx"
            else:
                counts.failures.append(Failure("(no tests)", "it ran not a single test"))
        elif result["exit_code"] != 0 and not counts.failures:
            counts.failures.append(Failure("(crash)", f"all tests passed, yet exit code {result['exit_code']}\n{_tail(log)}"))
        for process in result["left"]:
            counts.failures.append(Failure("(left behind)", f"still running, now ended: {process}"))
        return counts, note

    def _has_tests(self, project: Project) -> bool:
        """Whether there are tests and the settings left out every one of them."""
        if project.is_python or "Needs=fuse" not in self._settings.without:
            return False
        listed = subprocess.run(project.list_command(), capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
        try:
            return bool(json.loads(listed.stdout))
        except ValueError:
            return False


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-LOG_LINES:])
