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


# Lists tests as xunit does, which ends with a colour unless it is told not to; the report's name is its last argument.
PROGRAM = r"""#!/bin/bash
REPORT="${@: -1}"
if [[ $1 == -list ]]; then
    echo "$LISTED"
    [[ $* == *-noColor* ]] || printf '\33[0m'
    exit
fi
"""


@dataclass
class Workshop:
    """Runs a shell script as if it were a test project's program; `$REPORT` is where its report belongs."""

    folder: Path

    def run(self, script: str, limit: float = 20, without: tuple[str, ...] = ()) -> Outcome:
        project = Project("Fake.Tests", self.folder)
        project.program.parent.mkdir(parents=True)
        project.program.write_text(PROGRAM + script + "\n")
        project.program.chmod(0o755)
        logs = self.folder / "logs"
        logs.mkdir()
        [outcome] = Runner(Settings(without, limit, {}), logs).run([project])
        return outcome


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)
