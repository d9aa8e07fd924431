"""The command makes the same bytes every time, refuses what it should, and leaves nothing half done."""

import signal
import subprocess
import time

import pytest
from conftest import ROOT

from experiment.cli import main


def content(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_whatever_the_number_of_processes(make, tmp_path):
    for jobs in (1, 3):
        made = make("--seed", 5, "--jobs", jobs, "--parent-path", "/data", tmp_path / f"by{jobs}")
        assert made.returncode == 0, made.stderr
        time.sleep(1.1 if jobs == 1 else 0)  # past the second that HDF5 would note, if it noted times
    assert content(tmp_path / "by1") == content(tmp_path / "by3")


def test_another_seed_gives_other_images_and_another_tilt(experiment, make, tmp_path):
    assert make("--seed", 8, tmp_path / "made").returncode == 0
    assert experiment.raw(1, 100).read_bytes() != (tmp_path / "made/crystal1/100K/f1.h5").read_bytes()
    assert str(experiment.truth["crystal"]["tilts_degrees"])[1:-1] not in (tmp_path / "made/truth.json").read_text()


def test_it_works_from_any_folder_through_a_link_and_with_a_relative_output(tmp_path):
    (tmp_path / "bin").mkdir()
    link = tmp_path / "bin/make"
    link.symlink_to(ROOT / "scripts/make-experiment")
    made = subprocess.run([link, "--size", "XS", "out/deep"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "out/deep/truth.json").is_file()
    assert str(tmp_path / "out/deep") in made.stdout and "12/12" in made.stdout


@pytest.mark.parametrize("arguments, said", [
    (["--parent-path", "mnt/view"], "not absolute"),
    (["--seed", "-1"], "below zero"),
    (["--jobs", "0"], "below one"),
    (["--size", "XL"], "invalid choice"),
    (["--codec", "zip"], "invalid choice"),
])
def test_wrong_use_is_refused_with_the_reason(capsys, tmp_path, arguments, said):
    try:
        code = main([*arguments, str(tmp_path / "made")])
    except SystemExit as refused:  # argparse's way
        code = refused.code
    assert code == 2 and said in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_a_folder_that_holds_something_is_left_alone(make, tmp_path):
    (tmp_path / "thesis.tex").write_text("ten years")
    for arguments in ([], ["--overwrite"]):
        made = make(*arguments, tmp_path)
        assert made.returncode == 2 and str(tmp_path) in made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_an_earlier_experiment_is_overwritten_only_when_asked(make, tmp_path):
    out = tmp_path / "made"
    assert make("--seed", 1, out).returncode == 0
    assert make("--seed", 2, out).returncode == 2
    assert make("--seed", 2, "--overwrite", out).returncode == 0
    assert '"seed": 2' in (out / "truth.json").read_text()


def test_a_folder_that_cannot_be_written_is_reported_in_one_line(make):
    made = make("/proc/experiment")
    assert made.returncode == 1
    assert made.stderr.count("\n") == 1 and "/proc/experiment" in made.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_leaves_nothing_behind(tmp_path, stop):
    command = [ROOT / "scripts/make-experiment", "--size", "M", tmp_path / "made"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while not list(tmp_path.glob("made.partial-*/crystal1/*/f1.h5")):
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(stop)
        assert running.wait(timeout=15) == 128 + stop
    assert not any(tmp_path.iterdir())
