"""What all measurements share: the file, the link before its server, and folders for the participants' state."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from readbench import user
from readbench.command import Failed, run
from readbench.link import Link
from readbench.settings import BANDWIDTH_BITS, MIB, RTT_SECONDS, Settings
from testrun.mounts import mounts_below


@dataclass
class Bench:
    """One run on one machine.

    Attributes
    ----------
    program : our executable
    folder : for everything that is made here
    served : the folder that the servers show
    link : before the web server
    testlink : the program that simulates a link
    links : of those participants that have another server
    """

    settings: Settings
    program: Path
    folder: Path
    served: Path
    link: Link
    testlink: Path
    links: dict[str, Link] = field(default_factory=dict)
    file_name: str = "data.bin"
    large_name: str = "large.bin"
    sha256: str = ""
    _states: int = field(default=0, init=False)

    @property
    def file(self) -> Path:
        return self.served / self.file_name

    @property
    def large_file(self) -> Path:
        return self.served / self.large_name

    @property
    def folder_url(self) -> str:
        return f"http://{self.link.address}/data/"

    def url(self, name: str) -> str:
        return self.folder_url + name

    def make_file(self, seed: int) -> None:
        """Bytes that no one can compress, the same ones for the same seed."""
        source, digest = random.Random(seed), hashlib.sha256()
        with self.file.open("wb") as file:
            for _ in range(self.settings.size_bytes // MIB):
                piece = source.randbytes(MIB)
                digest.update(piece)
                file.write(piece)
        self.sha256 = digest.hexdigest()
        _age(self.file)

    def fresh_folder(self, name: str) -> Path:
        """Where nothing has ever been."""
        self._states += 1
        folder = self.folder / f"{name}-{self._states}"
        folder.mkdir()
        user.give(folder)
        return folder

    def make_large_file(self, offsets: list[int], length: int, seed: int) -> None:
        """So large that no read-ahead can have brought the next random place by chance; bytes only where they are read."""
        source = random.Random(seed)
        with self.large_file.open("wb") as file:
            file.truncate(self.settings.large_bytes)
            for offset in offsets:
                file.seek(offset)
                file.write(source.randbytes(length))
        _age(self.large_file)

    def link_of(self, name: str) -> Link:
        """What this participant's bytes travel over."""
        return self.links.get(name, self.link)

    def set_real_links(self) -> None:
        for link in (self.link, *self.links.values()):
            link.set_real(RTT_SECONDS, BANDWIDTH_BITS)

    def set_fast_links(self) -> None:
        for link in (self.link, *self.links.values()):
            link.set_fast()

    def remove(self, folder: Path) -> None:
        # What a stuck mount shows is not ours to delete
        if not mounts_below(folder):
            shutil.rmtree(folder, ignore_errors=True)

    def check_bytes(self, path: Path) -> None:
        """Compares the file at `path`, which may be on a mount, with the one that the server has."""
        _, out = run(["sha256sum", str(path)], self.settings.limit_seconds)
        if out.split()[0] != self.sha256:
            raise Failed(f"WRONG BYTES at {path}")


def _age(path: Path) -> None:
    """An hour: what was just written may be written again within the same second, and careful readers look at it twice."""
    then = path.stat().st_mtime - 3600
    os.utime(path, (then, then))
