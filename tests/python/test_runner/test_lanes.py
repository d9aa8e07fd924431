"""Projects that measure time run alone, and none is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from testrun.lanes import phases
from testrun.project import PYTHON, Project, find_projects, select

CORE, ENGINE, SUITES = (Project(name, Path()) for name in ("VirtualView.Core.Tests", "VirtualView.Engine.Tests", PYTHON))


def test_a_project_that_measures_time_has_the_machine_to_itself():
    assert phases([CORE, SUITES, ENGINE], overlap=False) == [[[SUITES], [CORE]], [[ENGINE]]]


def test_a_quick_run_has_python_beside_all_others():
    assert phases([CORE, SUITES, ENGINE], overlap=True) == [[[SUITES], [CORE, ENGINE]]]


def test_every_test_project_on_disk_is_in_the_solution():
    root = Path(__file__).resolve().parents[3]
    on_disk = {path.stem for path in (root / "tests").glob("*.Tests/*.csproj")}
    assert {project.name for project in find_projects(root)} == on_disk | {PYTHON}


@pytest.mark.parametrize(("names", "found", "unknown"), [
    ([], [CORE, ENGINE, SUITES], []),
    (["Core", "python"], [CORE, SUITES], []),
    (["VirtualView.Engine.Tests", "Cor"], [ENGINE], ["VirtualView.Cor.Tests"]),
])
def test_projects_are_chosen_by_short_or_full_name(names, found, unknown):
    assert select([CORE, ENGINE, SUITES], names) == (found, unknown)
