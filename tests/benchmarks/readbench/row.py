"""A measurement: the participants' values, round by round, and how ours compares."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from readbench.command import Failed
from readbench.participants import OURS


@dataclass(frozen=True)
class Budget:
    """What ours must reach: a ratio to a peer ("times as good"), or a bound on its own value if there is no peer."""

    peer: str | None
    bound: float
    when: str = ""


@dataclass
class Row:
    """One line of each participant, in one unit.

    Attributes
    ----------
    higher_is_better : whether the unit is a rate rather than a time
    values : of each participant, None where a round failed
    problems : why
    notes : other numbers worth printing, by participant
    """

    title: str
    unit: str
    higher_is_better: bool
    budgets: Sequence[Budget] = ()
    values: dict[str, list[float | None]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def measure(self, name: str, action: Callable[[], float]) -> None:
        """One round of one participant. After a failure it has no further rounds: a hang costs its time-out once."""
        values = self.values.setdefault(name, [])
        if name in self.problems:
            values.append(None)
            return
        try:
            values.append(action())
        except Failed as problem:
            values.append(None)
            self.problems[name] = str(problem)

    def median(self, name: str) -> float | None:
        return _median(self.values.get(name, ()))

    def ratios(self, peer: str) -> list[float]:
        """How many times as good as this peer ours was, in each round that both did."""
        pairs = zip(self.values.get(OURS, ()), self.values.get(peer, ()), strict=False)
        both = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
        return [ours / theirs if self.higher_is_better else theirs / ours for ours, theirs in both]

    def reached(self, budget: Budget) -> bool | None:
        """Whether ours keeps to this budget; None if it was not measured."""
        if budget.peer is not None:
            ratio = _median(self.ratios(budget.peer))
            return None if ratio is None else ratio >= budget.bound
        value = self.median(OURS)
        if value is None:
            return None
        return value >= budget.bound if self.higher_is_better else value <= budget.bound


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
