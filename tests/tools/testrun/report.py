"""Reads the reports of xunit and pytest. Console text is never trusted."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from testrun.outcome import Counts, Failure


class BadReport(Exception):
    """A report that is missing, damaged, or contradicts itself."""


def read_xunit(path: Path) -> Counts:
    counts = Counts()
    for assembly in _parse(path).iter("assembly"):
        for test in assembly.iter("test"):
            result = test.get("result")
            if result == "Pass":
                counts.passed += 1
            elif result == "Fail":
                counts.failures.append(Failure(test.get("name", "?"), _text(test.find("failure"))))
            elif result == "Skip":
                counts.skipped += 1
        _check("passed", counts.passed, assembly.get("passed"))
        _check("failed", len(counts.failures), assembly.get("failed"))
        # Beside the tests: a fixture that could not be cleaned up, an exception on a thread of nobody
        for error in assembly.iter("error"):
            counts.failures.append(Failure(f"({error.get('type')}) {error.get('name') or ''}".strip(), _text(error.find("failure"))))
    return counts


def read_junit(path: Path) -> Counts:
    counts = Counts()
    for case in _parse(path).iter("testcase"):
        problems = [*case.iter("failure"), *case.iter("error")]
        if problems:
            text = "\n".join(f"{problem.get('message', '')}\n{problem.text or ''}" for problem in problems)
            counts.failures.append(Failure(f"{case.get('classname')}.{case.get('name')}", text))
        elif case.find("skipped") is not None:
            counts.skipped += 1
        else:
            counts.passed += 1
    return counts


def _parse(path: Path) -> ElementTree.Element:
    try:
        return ElementTree.parse(path).getroot()
    except FileNotFoundError:
        raise BadReport("it left no report") from None
    except ElementTree.ParseError as error:
        raise BadReport(f"its report is damaged: {error}") from None


def _check(what: str, counted: int, claimed: str | None) -> None:
    if claimed != str(counted):
        raise BadReport(f"its report claims {claimed} {what} tests and shows {counted}")


def _text(failure: ElementTree.Element | None) -> str:
    if failure is None:
        return "(no message)"
    return "\n".join((failure.findtext(part) or "").strip() for part in ("message", "stack-trace"))
