"""What is measured, in numbers. Everything here is printed with the results."""

from __future__ import annotations

from dataclasses import dataclass

# What ours must reach, times bindfs.
LEAST = 0.5
LEAST_SEQUENTIAL = 0.8

# When one measurement counts as hung.
LIMIT_SECONDS = 600


@dataclass(frozen=True)
class Settings:
    """The size of a run.

    Attributes
    ----------
    rounds : of each measurement
    small_files : made, looked at and removed
    tree_files : in the source tree that is unpacked
    inserts : into SQLite, each committed, in each mode
    sequential_mib : of the file that is written in one go
    """

    rounds: int = 7
    small_files: int = 10_000
    tree_files: int = 5_000
    inserts: int = 1_000
    sequential_mib: int = 1024
