"""The result as Markdown."""

from __future__ import annotations

import statistics

from readbench.participants.names import OURS
from readbench.row import Budget, Row

HEAD = (
    "| What | Who | Median | Lowest to highest | Ours against it: lowest, **median**, highest | Budget |\n"
    "|---|---|---:|---:|---:|---|"
)


def table(rows: list[Row]) -> str:
    lines = [HEAD]
    for row in rows:
        lines.extend(_line(row, name, first=index == 0) for index, name in enumerate(row.values))
    return "\n".join(lines)


def notes(rows: list[Row]) -> list[str]:
    """What does not fit into the table, as list items."""
    found = [f"- {row.title}, {name}: {note}" for row in rows for name, note in row.notes.items()]
    return found + [f"- **{row.title}, {name} failed**: {why}" for row in rows for name, why in row.problems.items()]


def _line(row: Row, name: str, first: bool) -> str:
    values = [value for value in row.values[name] if value is not None]
    middle = f"{statistics.median(values):.1f} {row.unit}" if values else "failed"
    spread = f"{min(values):.1f} to {max(values):.1f}" if values else ""
    ratios = [] if name == OURS else row.ratios(name)
    ratio = f"{min(ratios):.2f}, **{statistics.median(ratios):.2f}**, {max(ratios):.2f}" if ratios else ""
    budgets = [_budget(row, budget) for budget in row.budgets if _line_of(budget) == name]
    return f"| {row.title if first else ''} | {name} | {middle} | {spread} | {ratio} | {'; '.join(budgets)} |"


def _line_of(budget: Budget) -> str:
    """Ours as it comes stands against each other one in the other's line; all else stands in its own."""
    return budget.peer if budget.peer is not None and budget.who == OURS else budget.who


def _budget(row: Row, budget: Budget) -> str:
    if budget.peer is not None:
        text = f"at least {budget.bound:g} times" + (f" {budget.peer}" if budget.who != OURS else "")
        ratios = row.ratios(budget.peer, budget.who)
        text += f", is {statistics.median(ratios):.2f}" if ratios and budget.who != OURS else ""
        most = row.most_that_link_allows(budget.peer)
        text += f" (the link allows {most:.2f} at most)" if most is not None and most < budget.bound else ""
    else:
        text = f"at {'least' if row.higher_is_better else 'most'} {budget.bound:.1f} {row.unit}"
    text += f" ({budget.when})" if budget.when else ""
    verdict = {True: "met", False: "**not met**", None: "not measured"}[row.reached(budget)]
    return f"{text}: {verdict}"
