"""What is measured, in numbers. Everything here is printed with the results."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20
RTT_SECONDS = 0.030
BANDWIDTH_BITS = 1_000_000_000

CURL_CONNECTIONS = 8
CURL_RANGE_BYTES = 8 * MIB

RANDOM_BYTES = 256 << 10

# What a poll of the listing may bring while nothing of the file travels.
POLL_BYTES = 64 << 10


@dataclass(frozen=True)
class Settings:
    """The size of a run.

    Attributes
    ----------
    rounds : of each measurement
    size_bytes : of the file
    random_reads : cold reads of 256 KiB a round
    large_bytes : of the file that is read at random while it is cold
    fio_seconds : at most, for each job count in each round
    """

    rounds: int = 7
    size_bytes: int = 512 * MIB
    random_reads: int = 64
    large_bytes: int = 16 << 30
    fio_seconds: int = 5

    @property
    def ideal_seconds(self) -> float:
        """The file's bytes over the link, without any latency."""
        return self.size_bytes * 8 / BANDWIDTH_BITS

    @property
    def limit_seconds(self) -> float:
        """When a read of the whole file counts as hung."""
        return 60 + 20 * self.ideal_seconds

    @property
    def random_floor_seconds(self) -> float:
        """One round trip and the transfer of one random read: no program can be faster."""
        return RTT_SECONDS + RANDOM_BYTES * 8 / BANDWIDTH_BITS
