"""Works in a folder of the view, one call after the other, and writes down each: what it changed, and where the recording of
the disk stood before and after it.

Names are told by inode number, which the view keeps: so a file is known whatever becomes of its bytes. Bytes are written in
cells, each filled with one value, so that after a cut every cell can be said to be old, new or wrong.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

CELL = 512
CELLS = 64
NAMES = [f"n{number}" for number in range(12)]


class Workload:
    def __init__(self, folder: Path, recording: Path, seed: int):
        self._folder = folder
        self._recording = recording
        self._random = random.Random(seed)
        self._value = 0
        self.steps: list[dict] = []
        self.first = {"tree": self._tree(), "cells": {}}
        for path, (kind, inode) in self.first["tree"].items():
            if kind == "f":
                self.first["cells"][inode] = _cells_of((folder / path).read_bytes())

    def step(self) -> None:
        actions = [self._create] * 3 + [self._write] * 6 + [self._sync_file] * 4 + [self._sync_folder] * 2
        actions += [self._rename] * 3 + [self._unlink, self._replace, self._replace, self._truncate, self._mkdir, self._link]
        self._random.choice(actions)()

    def _create(self) -> None:
        path = self._new_name()
        self._do("create", lambda: os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)))

    def _mkdir(self) -> None:
        path = self._new_name()
        self._do("mkdir", lambda: os.mkdir(path))

    def _link(self) -> None:
        source, target = self._file(), self._new_name()
        if source:
            self._do("link", lambda: os.link(source, target))

    def _write(self) -> None:
        path = self._file()
        if not path:
            return
        first = self._random.randrange(CELLS)
        count = self._random.randrange(1, 1 + min(16, CELLS - first))
        self._value = self._value % 250 + 1
        self._do("write", lambda: _write_cells(path, first, count, self._value), inode=os.stat(path).st_ino, first=first, count=count, value=self._value)

    def _truncate(self) -> None:
        path = self._file()
        if path:
            cells = self._random.randrange(CELLS)
            self._do("truncate", lambda: os.truncate(path, cells * CELL), inode=os.stat(path).st_ino, cells=cells)

    def _sync_file(self) -> None:
        path = self._file()
        if not path:
            return
        data_only = self._random.random() < 0.3
        file = os.open(path, os.O_RDWR)
        self._do("fdatasync" if data_only else "fsync", lambda: os.fdatasync(file) if data_only else os.fsync(file), inode=os.fstat(file).st_ino)
        os.close(file)

    def _sync_folder(self) -> None:
        path = self._random.choice(self._folders())
        file = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        self._do("fsyncdir", lambda: os.fsync(file), inode=os.fstat(file).st_ino)
        os.close(file)

    def _rename(self) -> None:
        source = self._file()
        if source:
            target = self._random.choice(self._folders()) / self._random.choice(NAMES)
            if not target.is_dir():
                self._do("rename", lambda: os.rename(source, target))

    def _unlink(self) -> None:
        path = self._file()
        if path:
            self._do("unlink", lambda: os.unlink(path))

    def _replace(self) -> None:
        """As editors and databases do: a new file, synced, then renamed over the old one, then its folder synced."""
        folder = self._random.choice(self._folders())
        new, old = folder / "new", folder / self._random.choice(NAMES)
        if new.exists() or old.is_dir():
            return
        self._do("create", lambda: os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)))
        self._value = self._value % 250 + 1
        self._do("write", lambda: _write_cells(new, 0, 8, self._value), inode=os.stat(new).st_ino, first=0, count=8, value=self._value)
        file = os.open(new, os.O_RDWR)
        self._do("fsync", lambda: os.fsync(file), inode=os.fstat(file).st_ino)
        os.close(file)
        self._do("rename", lambda: os.rename(new, old))
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        self._do("fsyncdir", lambda: os.fsync(file), inode=os.fstat(file).st_ino)
        os.close(file)

    def _do(self, what: str, call, **details) -> None:
        begin = self._recording.stat().st_size
        call()
        end = self._recording.stat().st_size
        self.steps.append({"what": what, "begin": begin, "end": end, **details, "tree": self._tree()})

    def _tree(self) -> dict[str, list]:
        found = {}
        for folder, folders, files in os.walk(self._folder):
            for kind, names in (("d", folders), ("f", files)):
                for name in names:
                    path = os.path.join(folder, name)
                    found[os.path.relpath(path, self._folder)] = [kind, os.lstat(path).st_ino]
        return found

    def _folders(self) -> list[Path]:
        return [self._folder, *(self._folder / path for path, (kind, _) in sorted(self._tree().items()) if kind == "d")]

    def _file(self) -> Path | None:
        files = [self._folder / path for path, (kind, _) in sorted(self._tree().items()) if kind == "f"]
        return self._random.choice(files) if files else None

    def _new_name(self) -> Path:
        folders = self._folders()
        while True:
            path = self._random.choice(folders) / f"{self._random.choice(NAMES)}-{self._random.randrange(1000)}"
            if not path.exists():
                return path


def run(folder: Path, recording: Path, seed: int, steps: int) -> dict:
    work = Workload(folder, recording, seed)
    for _ in range(steps):
        work.step()
    return {"first": work.first, "steps": work.steps, "root": os.stat(folder).st_ino}


def _write_cells(path: Path, first: int, count: int, value: int) -> None:
    file = os.open(path, os.O_WRONLY)
    try:
        os.pwrite(file, bytes([value]) * (count * CELL), first * CELL)
    finally:
        os.close(file)


def _cells_of(content: bytes) -> list[int]:
    return [content[at] for at in range(0, len(content), CELL)]
