"""Nothing that a test project started outlives it, and what it forgot is reported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_reports import GREEN
from testrun.mounts import mounts_below, unmount

TOOLS = Path(__file__).resolve().parents[2] / "tools"
DONE = f"cat >\"$REPORT\" <<<'{GREEN}'"


def gone(pid_file: Path, seconds: float = 10) -> bool:
    pid = int(pid_file.read_text())
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "\nState:\tZ" in status.read_text():
            return True
        time.sleep(0.02)
    return False


def test_a_project_that_hangs_is_ended_with_all_it_started(workshop):
    pid = workshop.folder / "pid"
    outcome = workshop.run(f"echo so far; sleep 600 & echo $! >{pid}; wait", limit=1)
    assert [failure.test for failure in outcome.counts.failures] == ["(time-out)"]
    assert "after 1 s, so it was ended\nso far" in outcome.counts.failures[0].message
    assert gone(pid)


def test_a_daemon_that_is_left_behind_is_reported_and_ended(workshop):
    pid = workshop.folder / "pid"
    # A session of its own and an environment without any mark: only its ancestry tells whose it is
    outcome = workshop.run(f"env -i setsid -f bash -c 'echo $$ >{pid}; exec sleep 601'; {DONE}")
    assert outcome.counts.passed == 1
    assert "sleep 601" in outcome.counts.failures[0].message
    assert gone(pid)


def test_a_daemon_that_ends_a_moment_later_is_not_held_against_the_tests(workshop):
    assert workshop.run(f"setsid -f sleep 0.5; {DONE}").failed == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_a_mount_that_is_left_behind_is_reported_and_undone(workshop):
    outcome = workshop.run(f"mkdir \"$TMPDIR/a b\"; mount -t tmpfs none \"$TMPDIR/a b\"; echo $TMPDIR >{workshop.folder}/where; {DONE}")
    where = Path((workshop.folder / "where").read_text().strip())
    assert "still mounted" in outcome.counts.failures[0].message
    assert mounts_below(where) == []
    assert not where.exists()


def test_mounts_are_found_below_the_folder_only_and_the_innermost_first(tmp_path):
    table = tmp_path / "mountinfo"
    line = "36 35 0:50 / {} rw - fuse virtualview rw\n"
    table.write_text("".join(line.format(point) for point in ["/t/x", "/t/x/a\\040b", "/t/x/a\\040b/c", "/t/xy"]))
    assert mounts_below(Path("/t/x"), table) == ["/t/x/a b/c", "/t/x/a b"]


def test_to_unmount_what_is_not_mounted_does_no_harm(tmp_path):
    unmount(str(tmp_path))


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_process(tmp_path, kind):
    pid = tmp_path / "pid"
    command = ["bash", "-c", f"setsid -f bash -c 'echo $$ >{pid}; exec sleep 602'; sleep 603"]
    parent = "import subprocess, sys; subprocess.Popen([sys.executable, '-m', 'testrun.supervisor', *sys.argv[1:]]).wait()"
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    with subprocess.Popen([sys.executable, "-c", parent, "60", str(tmp_path / "result"), *command], env=environment) as running:
        while not pid.exists() or not pid.read_text():
            time.sleep(0.02)
        running.send_signal(kind)
        running.wait(20)
    assert gone(pid, 20)
