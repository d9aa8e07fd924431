"""The source: many small files in many directories."""

from __future__ import annotations

from pathlib import Path


def make_files(folder: Path, directories: int, files_each: int) -> None:
    """Makes `d00000/scan_000000.h5` and so on, each of a few bytes, so that sizes differ."""
    for number in range(directories):
        directory = folder / f"d{number:05}"
        directory.mkdir(parents=True)
        for at in range(files_each):
            with open(directory / f"scan_{at:06}.h5", "wb", buffering=0) as file:
                file.write(b"x" * (1 + (number + at) % 13))
