"""What became of a project's tests."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Failure:
    """A test that failed, or something that went wrong around the tests."""

    test: str
    message: str


@dataclass
class Counts:
    """What a report says."""

    passed: int = 0
    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def executed(self) -> int:
        return self.passed + len(self.failures)


@dataclass(frozen=True)
class Outcome:
    """The counts of a project, with whatever else went wrong counted as a failure."""

    name: str
    counts: Counts
    seconds: float
    log: str
    note: str = ""

    @property
    def failed(self) -> int:
        return len(self.counts.failures)
