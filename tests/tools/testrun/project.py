"""Which test projects there are: those of the solution, and the Python suites."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

PYTHON = "python"

# These measure no time and use little of the machine, so they may share it; any other runs alone but in quick runs.
LIGHT = {PYTHON, "VirtualView.Architecture.Tests", "VirtualView.Core.Tests"}


@dataclass(frozen=True)
class Project:
    """Tests that run in one process."""

    name: str
    folder: Path

    @property
    def is_python(self) -> bool:
        return self.name == PYTHON

    @property
    def is_light(self) -> bool:
        return self.name in LIGHT

    @property
    def program(self) -> Path:
        return self.folder / "bin" / "Debug" / "net10.0" / self.name

    def command(self, report: Path, without: tuple[str, ...]) -> list[str]:
        """Runs the tests and leaves a report of them."""
        if self.is_python:
            return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junit-xml={report}", str(self.folder)]
        # Names what hangs in the log, before the time-out ends it
        options = ["-noLogo", "-noColor", "-noAutoReporters", "-longRunning", "30", "-xml", str(report)]
        return [str(self.program), *options, *(word for trait in without for word in ("-trait-", trait))]

    def list_command(self) -> list[str]:
        """Prints the names of all tests, as JSON."""
        return [str(self.program), "-list", "methods/json", "-noColor"]


def find_projects(root: Path) -> list[Project]:
    """All of them, the light ones first, in the order of the solution."""
    text = (root / "VirtualView.sln").read_text(encoding="utf-8-sig")
    paths = [path.replace("\\", "/") for path in re.findall(r'"([^"]+\.Tests\.csproj)"', text)]
    found = [Project(Path(path).stem, (root / path).parent) for path in paths]
    found.append(Project(PYTHON, root / "tests" / "python"))
    return sorted(found, key=lambda project: not project.is_light)


def select(projects: list[Project], names: list[str]) -> tuple[list[Project], list[str]]:
    """Those with these names, short or full (`Core`, `VirtualView.Core.Tests`), and the names that fit none."""
    if not names:
        return projects, []
    wanted = {full_name(name) for name in names}
    known = {project.name for project in projects}
    return [project for project in projects if project.name in wanted], sorted(wanted - known)


def full_name(name: str) -> str:
    if name == PYTHON or name.endswith(".Tests"):
        return name
    return f"VirtualView.{name}.Tests"
