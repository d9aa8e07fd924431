"""Makes one small experiment for all tests, through the script that users run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "tools"))


class Experiment:
    """A finished experiment: its folder and its truth file."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.truth = json.loads((folder / "truth.json").read_text())

    def raw_files(self) -> list[dict]:
        return [file for file in self.truth["files"] if file["kind"] == "raw"]

    def raw(self, rotation: int, temperature: int) -> Path:
        return self.folder / f"crystal1/{temperature}K/f{rotation}.h5"


def script(name: str, *arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "scripts" / name), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="session")
def make():
    def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return script("make-experiment", "--size", "XS", "--quiet", *arguments, cwd=cwd)

    return run


@pytest.fixture
def analyze(capsys):
    """Runs the analysis within this process: starting Python and scipy anew takes far longer than the work."""
    loader = SourceFileLoader("analyze_experiment", str(ROOT / "scripts" / "analyze-experiment"))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        code = module.main([*map(str, arguments)])
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, out, err)

    return run


@pytest.fixture(scope="session")
def experiment(make, tmp_path_factory) -> Experiment:
    """Shared by all tests: read it, do not change it."""
    folder = tmp_path_factory.mktemp("experiment") / "made"
    made = make("--seed", 7, folder)
    assert made.returncode == 0, made.stderr
    return Experiment(folder)


@pytest.fixture(scope="session")
def elsewhere(make, tmp_path_factory) -> Experiment:
    """Made for a mount point that does not exist: read it, do not change it."""
    folder = tmp_path_factory.mktemp("elsewhere") / "made"
    made = make("--seed", 7, "--parent-path", "/no/such/view", folder)
    assert made.returncode == 0, made.stderr
    return Experiment(folder)


@pytest.fixture
def spoilt(experiment, tmp_path) -> Experiment:
    """A copy that a test may damage; its virtual dataset still points at the shared one."""
    folder = tmp_path / "spoilt"
    shutil.copytree(experiment.folder, folder)
    return Experiment(folder)
