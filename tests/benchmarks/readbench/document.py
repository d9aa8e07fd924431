"""Puts the result between the markers of docs/benchmarks.md."""

from __future__ import annotations

from pathlib import Path

BEGIN, END = "<!-- begin: scripts/bench read -->", "<!-- end: scripts/bench read -->"


def replace_between(document: Path, text: str) -> None:
    before, begin, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{document} lacks the markers {BEGIN} and {END}")
    document.write_text(f"{before}{BEGIN}\n{text.strip()}\n{END}{after}", encoding="utf-8")
