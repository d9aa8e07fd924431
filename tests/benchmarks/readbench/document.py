"""Puts the result between the markers of docs/benchmarks.md."""

from __future__ import annotations

from pathlib import Path


def replace_between(document: Path, text: str, command: str) -> None:
    """Between the markers that name this command."""
    first, last = f"<!-- begin: {command} -->", f"<!-- end: {command} -->"
    before, begin, rest = document.read_text(encoding="utf-8").partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"{document} lacks the markers {first} and {last}")
    document.write_text(f"{before}{first}\n{text.strip()}\n{last}{after}", encoding="utf-8")
