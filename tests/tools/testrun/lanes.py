"""Which projects may run at the same time."""

from __future__ import annotations

from testrun.project import Project

MOST_LANES = 2


def phases(projects: list[Project], overlap: bool) -> list[list[list[Project]]]:
    """Phases one after the other; in each, lanes side by side; in each lane, projects one after the other.

    Python, which uses one core, and the others beside it: in the phase of the light ones, or all along if `overlap`.
    """
    if overlap:
        return [_side_by_side(projects)]
    light = [project for project in projects if project.is_light]
    heavy = [project for project in projects if not project.is_light]
    return [_side_by_side(light), [heavy]]


def _side_by_side(projects: list[Project]) -> list[list[Project]]:
    python = [project for project in projects if project.is_python]
    return [python, [project for project in projects if not project.is_python]]
