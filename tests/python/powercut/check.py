"""What must hold in a view after its disk lost power at a position of the recording.

- Names: the tree is the one after some step, no earlier than the last step on a folder or file whose sync had returned, and no
  later than the last step that had begun. Nothing is half done: every call is one change.
- Bytes: each cell of a file has the value that it had at the file's last sync that had returned, or one written since. A cell
  that was never synced may be zeros or missing.
"""

from __future__ import annotations

import os
from pathlib import Path

CELL = 512
NAMING = ("create", "mkdir", "link", "rename", "unlink")


def problems(folder: Path, history: dict, position: int) -> list[str]:
    begun = [step for step in history["steps"] if step["begin"] < position]
    if begun and begun[-1]["end"] > position:
        done = begun[:-1]
    else:
        done = begun
    shown = _tree(folder)
    trees = [history["first"]["tree"], *(step["tree"] for step in begun)]
    earliest = _earliest(history, done)
    fitting = [number for number in range(earliest, len(trees)) if trees[number] == shown]
    found = []
    if not fitting:
        others = [number for number in range(len(trees)) if trees[number] == shown]
        found.append(f"the names are those after step {others or 'none'}; it must be one of {earliest} to {len(trees) - 1}: {_difference(trees[-1], shown)}")
    allowed = _allowed(history, begun, done)
    for path, (kind, inode) in shown.items():
        if kind == "f" and inode in allowed:
            found += _wrong_cells(folder / path, path, allowed[inode])
    return found


def _earliest(history: dict, done: list[dict]) -> int:
    """The number of steps whose names are sure to be there."""
    touched: dict[int, int] = {}
    trees = [history["first"]["tree"]]
    earliest = 0
    for number, step in enumerate(done, 1):
        before, after = trees[-1], step["tree"]
        trees.append(after)
        if step["what"] in NAMING:
            for path in before.keys() ^ after.keys() | {path for path in before.keys() & after.keys() if before[path] != after[path]}:
                parent = os.path.dirname(path)
                for tree in (before, after):
                    touched[history["root"] if not parent else tree.get(parent, [None, -1])[1]] = number
                    if path in tree:
                        touched[tree[path][1]] = number
        elif step["what"] in ("fsync", "fsyncdir"):
            earliest = max(earliest, touched.get(step["inode"], 0))
    return earliest


def _allowed(history: dict, begun: list[dict], done: list[dict]) -> dict[int, dict]:
    """Of each inode: what each cell may be, and how many cells it must have and may have."""
    files = {}
    for inode, cells in history["first"]["cells"].items():
        files[int(inode)] = {"now": list(cells), "may": [{value} for value in cells], "least": len(cells), "most": len(cells)}
    for number, step in enumerate(begun):
        for kind, inode in step["tree"].values():
            if kind == "f" and inode not in files:
                files[inode] = {"now": [], "may": [], "least": 0, "most": 0}
        if "inode" not in step or step["inode"] not in files:
            continue
        file = files[step["inode"]]
        if step["what"] == "write":
            end = step["first"] + step["count"]
            _grow(file, end)
            for cell in range(step["first"], end):
                file["now"][cell] = step["value"]
                file["may"][cell] |= {step["value"], 0}
            file["most"] = max(file["most"], end)
        elif step["what"] == "truncate":
            for cell in range(step["cells"], len(file["may"])):
                file["may"][cell].add(0)
            file["now"] = file["now"][: step["cells"]]
            _grow(file, step["cells"])
            file["least"], file["most"] = min(file["least"], step["cells"]), max(file["most"], step["cells"])
        elif step["what"] in ("fsync", "fdatasync") and number < len(done):
            file["may"] = [{value} for value in file["now"]]
            file["least"] = file["most"] = len(file["now"])
    return files


def _grow(file: dict, cells: int) -> None:
    file["now"] += [0] * (cells - len(file["now"]))
    file["may"] += [{0} for _ in range(cells - len(file["may"]))]


def _wrong_cells(path: Path, name: str, file: dict) -> list[str]:
    content = path.read_bytes()
    size = len(content)
    if size % CELL or not file["least"] * CELL <= size <= file["most"] * CELL:
        return [f"{name} has {size} bytes, not {file['least'] * CELL} to {file['most'] * CELL}"]
    for cell in range(size // CELL):
        values = set(content[cell * CELL : (cell + 1) * CELL])
        if len(values) != 1 or not values <= file["may"][cell]:
            return [f"{name}, cell {cell}: {sorted(values)} is none of {sorted(file['may'][cell])}"]
    return []


def _tree(folder: Path) -> dict[str, list]:
    found = {}
    for at, folders, files in os.walk(folder):
        for kind, names in (("d", folders), ("f", files)):
            for name in names:
                path = os.path.join(at, name)
                found[os.path.relpath(path, folder)] = [kind, os.lstat(path).st_ino]
    return found


def _difference(expected: dict, shown: dict) -> str:
    return f"missing {sorted(set(expected) - set(shown))}, too many {sorted(set(shown) - set(expected))}"
