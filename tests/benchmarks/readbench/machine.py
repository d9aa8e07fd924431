"""Where and with what the numbers were made."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from readbench import user
from readbench.command import Failed, run


def machine() -> str:
    kib = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1])
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    cpu = f"{os.cpu_count()} cores ({model[1].strip()})" if model else f"{os.cpu_count()} cores"
    who = "root" if user.is_privileged() else "a user without root"
    return f"{cpu}, {kib / 2**20:.0f} GiB memory, Linux {platform.release()}, {who}"


def disk_of(folder: Path) -> str:
    _, out = run(["df", "--output=fstype,source", str(folder)], 10)
    return " on ".join(out.splitlines()[1].split())


def versions(program: Path) -> list[str]:
    asked = [
        [str(program), "version"],
        ["rclone", "version"],
        ["curl", "--version"],
        ["bindfs", "--version"],
        ["fio", "--version"],
        ["nginx", "-v"],
        ["sshfs", "--version"],
        ["xrootd", "-v"],
        ["s3fs", "--version"],
    ]
    return [version_of(command) for command in asked]


def version_of(command: list[str]) -> str:
    """The line in which a program says its version."""
    try:
        # nginx says it on standard error
        _, out = run(["sh", "-c", 'PATH=$PATH:/usr/sbin; exec "$0" "$@" 2>&1', *command], 20)
    except Failed:
        return f"{Path(command[0]).name} (version unknown)"
    name = Path(command[0]).name
    # sshfs names fusermount3 first; curl and nginx name the libraries that they were built with in the same line
    lines = sorted(out.splitlines(), key=lambda line: name not in line.lower()) or ["(version unknown)"]
    words = lines[0].partition(" lib")[0].strip()
    return words if name in words.lower() else f"{name} {words}"
