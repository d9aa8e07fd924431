"""What people read: a line a project, the failures, the total."""

from __future__ import annotations

from testrun.outcome import Outcome

MESSAGE_LINES = 30


def print_line(outcome: Outcome) -> None:
    counts = outcome.counts
    mark = "FAILED" if outcome.failed else "ok"
    numbers = f"{counts.passed:5} passed {outcome.failed:3} failed {counts.skipped:3} skipped {outcome.seconds:7.1f} s"
    print(f"{mark:6} {numbers}  {outcome.name}{f' ({outcome.note})' if outcome.note else ''}", flush=True)


def print_failures(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        for failure in outcome.counts.failures:
            lines = failure.message.strip().splitlines()
            print(f"\nFAILED {outcome.name}: {failure.test}")
            print("\n".join(f"    {line}" for line in lines[:MESSAGE_LINES]))
        if outcome.failed:
            print(f"    log: {outcome.log}")
    if any(outcome.failed for outcome in outcomes):
        print()


def total_line(outcomes: list[Outcome]) -> str:
    passed = sum(outcome.counts.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    skipped = sum(outcome.counts.skipped for outcome in outcomes)
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")
