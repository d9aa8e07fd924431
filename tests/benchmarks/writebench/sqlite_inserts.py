"""Inserts rows into a new database, each in a transaction of its own: `sqlite_inserts.py FILE MODE COUNT` prints the seconds."""

from __future__ import annotations

import sqlite3
import sys
import time


def main(path: str, mode: str, count: int) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    got = database.execute(f"PRAGMA journal_mode = {mode}").fetchone()[0]
    if got.upper() != mode.upper():
        sys.exit(f"the journal is {got}, not {mode}")
    database.execute("CREATE TABLE sample (id INTEGER PRIMARY KEY, name TEXT NOT NULL, value REAL NOT NULL)")
    began = time.perf_counter()
    for number in range(count):
        database.execute("INSERT INTO sample VALUES (?, ?, ?)", (number, f"sample {number}", number / 7))
    seconds = time.perf_counter() - began
    if database.execute("SELECT count(*), max(id) FROM sample").fetchone() != (count, count - 1):
        sys.exit("not all rows are there")
    print(f"{seconds:.6f}")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
