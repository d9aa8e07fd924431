"""Makes the runner importable, and test projects whose program is a shell script."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from testrun.outcome import Outcome  # noqa: E402
from testrun.project import Project  # noqa: E402
from testrun.run import Runner  # noqa: E402
from testrun.settings import Settings  # noqa: E402


@dataclass
class Workshop:
    """Runs a shell script as if it were a test project's program; `$REPORT` is where its report belongs."""

    folder: Path

    def run(self, script: str, limit: float = 20, without: tuple[str, ...] = ()) -> Outcome:
        project = Project("Fake.Tests", self.folder)
        project.program.parent.mkdir(parents=True)
        project.program.write_text(f'#!/bin/bash\nREPORT="${{@: -1}}"\n[[ $1 != -list ]] || {{ echo "$LISTED"; [[ $* == *-noColor* ]] || printf '\\33[0m'; exit; }}\n{script}\n')
        project.program.chmod(0o755)
        logs = self.folder / "logs"
        logs.mkdir()
        # The option for the report comes last when nothing is left out
        [outcome] = Runner(Settings(without, limit, {}), logs).run([project])
        return outcome


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)
