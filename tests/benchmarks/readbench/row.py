"""A measurement: the participants' values, round by round, and how ours compares."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from readbench.command import Failed
from readbench.participants.names import OURS


@dataclass(frozen=True)
class Budget:
    """What ours must reach: a ratio to a peer ("times as good"), or a bound on its own value if there is no peer."""

    peer: str | None
    bound: float
    when: str = ""
    who: str = OURS


@dataclass
class Row:
    """One line of each participant, in one unit.

    Attributes
    ----------
    higher_is_better : whether the unit is a rate rather than a time
    values : of each participant, None where a round failed
    problems : why
    notes : other numbers worth printing, by participant
    link_allows : the best value that the link leaves possible, if it does not lie below all of them
    """

    title: str
    unit: str
    higher_is_better: bool
    budgets: Sequence[Budget] = ()
    values: dict[str, list[float | None]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    link_allows: float | None = None

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

    def ratios(self, peer: str, who: str = OURS) -> list[float]:
        """How many times as good as this peer ours was, in each round that both did."""
        pairs = zip(self.values.get(who, ()), self.values.get(peer, ()), strict=False)
        both = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
        return [ours / theirs if self.higher_is_better else theirs / ours for ours, theirs in both]

    def reached(self, budget: Budget) -> bool | None:
        """Whether ours keeps to this budget; None if it was not measured."""
        if budget.peer is not None:
            ratio = _median(self.ratios(budget.peer, budget.who))
            return None if ratio is None else ratio >= budget.bound
        value = self.median(budget.who)
        if value is None:
            return None
        return value >= budget.bound if self.higher_is_better else value <= budget.bound

    def most_that_link_allows(self, peer: str) -> float | None:
        """How many times as good as this peer anyone could be."""
        theirs = self.median(peer)
        if self.link_allows is None or theirs is None:
            return None
        return self.link_allows / theirs if self.higher_is_better else theirs / self.link_allows


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
