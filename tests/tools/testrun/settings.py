"""What a quick, a usual and a full run do differently."""

from __future__ import annotations

import os
from dataclasses import dataclass

SEEDS = "VIRTUALVIEW_SIMULATION_SEEDS"
PROPERTIES = "VIRTUALVIEW_PROPERTY_FACTOR"
# Of the properties that name no number of their own, whose default is 100
UNNUMBERED = "CsCheck_Iter"


@dataclass(frozen=True)
class Settings:
    """What to leave out, and how long a project may take.

    Attributes
    ----------
    without : traits `NAME=VALUE` of the tests to leave out
    limit_seconds : for each project
    environment : variables for the tests
    overlap : whether time matters more than undisturbed timing
    """

    without: tuple[str, ...]
    limit_seconds: float
    environment: dict[str, str]
    overlap: bool = False

    @staticmethod
    def of(quick: bool = False, long: bool = False) -> Settings:
        if quick:
            seeds = os.environ.get(SEEDS, "20")
            return Settings(("Needs=fuse", "Needs=nginx", "Needs=web", "Duration=long", "Duration=medium"), 120, {SEEDS: seeds}, overlap=True)
        if long:
            return Settings((), 5400, {SEEDS: "10000", PROPERTIES: os.environ.get(PROPERTIES, "10"), UNNUMBERED: os.environ.get(UNNUMBERED, "1000")})
        return Settings(("Duration=long",), 900, {})
