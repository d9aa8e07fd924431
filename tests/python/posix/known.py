"""Where a view may differ from a disk: the table of docs/posix.md, whose last column names the cases that show it."""

from __future__ import annotations

import re
from pathlib import Path

FROM_SOURCE = ", from a source"
DOCUMENT = Path(__file__).parents[3] / "docs" / "posix.md"


def known(suffix: str, document: Path = DOCUMENT) -> set[str]:
    """Names of cases: those of the table that hold anywhere, and those of a ground with this suffix."""
    rows = [line.strip().strip("|").split("|") for line in document.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    names = {name for row in rows for name in re.findall(r"`([^`]+)`", row[-1])}
    return {name for name in names if not name.endswith(FROM_SOURCE)} | {name.removesuffix(suffix) for name in names if suffix and name.endswith(suffix)}
