"""The shell scripts, as far as a program can judge them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shell_scripts() -> list[str]:
    candidates = [*(ROOT / "scripts").rglob("*"), *(ROOT / ".ci").iterdir()]
    return sorted(str(path.relative_to(ROOT)) for path in candidates if path.is_file() and is_shell(path))


def is_shell(path: Path) -> bool:
    with path.open("rb") as file:
        return path.suffix == ".sh" or file.readline().rstrip().endswith(b"bash")


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
@pytest.mark.parametrize("script", shell_scripts())
def test_shellcheck_has_nothing_to_say(script):
    command = ["shellcheck", "--external-sources", "--source-path=SCRIPTDIR", "--severity=warning", script]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stdout
