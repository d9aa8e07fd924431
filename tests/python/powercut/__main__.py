"""Files in a view that loses power.

powercut run FOLDER RECORDING HISTORY SEED STEPS   works in FOLDER, and writes down what was done when
powercut check FOLDER HISTORY POSITION             says what is wrong in FOLDER after a cut at that position of the recording
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from check import problems
from workload import run


def main(words: list[str]) -> int:
    if words[0] == "run":
        history = run(Path(words[1]), Path(words[2]), int(words[4]), int(words[5]))
        Path(words[3]).write_text(json.dumps(history), encoding="utf-8")
        return 0
    found = problems(Path(words[1]), json.loads(Path(words[2]).read_text(encoding="utf-8")), int(words[3]))
    print("\n".join(found))
    return 1 if found else 0


sys.exit(main(sys.argv[1:]))
