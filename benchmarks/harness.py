"""Measuring: rounds that take turns, medians, and what else the machine was doing.

Each benchmark measures two things, the *work* (TrustLedger) and its *floor* (the raw calls of msgpack,
SHA-256, LMDB and Ed25519 that the same bytes need). They take turns round by round, so that a busy minute
hits both.
"""

from __future__ import annotations

import gc
import os
import platform
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEASURED_WITH = ("cryptography", "lmdb", "msgpack", "pydantic-core")
_BUSY = 0.15
"""CPUs used by others, on average over the run, from which on the figures are called noisy."""


@dataclass(slots=True)
class Timer:
    """Adds up wall and CPU seconds of the blocks it is put around."""

    wall: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure a block."""
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.wall += time.perf_counter() - wall
            self.cpu += time.process_time() - cpu


@dataclass(slots=True)
class Rounds:
    """The times of several rounds.

    Attributes:
        records: Records a round handles.
        timers: One for each round.
    """

    records: int
    timers: list[Timer] = field(default_factory=list)

    @contextmanager
    def round(self) -> Iterator[Timer]:
        """A round, to be timed with its timer; begins with empty caches, as a program does."""
        forget()
        timer = Timer()
        yield timer
        self.timers.append(timer)

    @property
    def wall(self) -> float:
        """Median wall seconds."""
        return median(timer.wall for timer in self.timers)

    @property
    def cpu(self) -> float:
        """Median CPU seconds, all threads."""
        return median(timer.cpu for timer in self.timers)

    def microseconds(self) -> float:
        """Wall time of a record."""
        return self.wall / self.records * 1e6

    def line(self, name: str) -> str:
        """One row of the report."""
        best, worst = min(t.wall for t in self.timers), max(t.wall for t in self.timers)
        return (
            f"  {name:<22}{self.wall:9.3f} s wall {self.cpu:9.3f} s CPU {self.records / self.wall:12,.0f}/s"
            f"{self.microseconds():10.2f} µs   ({best:.3f} to {worst:.3f} s)"
        )


def report(
    title: str, work: Rounds, floor: dict[str, Rounds], beside: dict[str, Rounds] | None = None
) -> None:
    """Print a benchmark: work, the parts of its floor, their sum, and the ratio.

    Args:
        title: What was done, how often, how durably.
        work: TrustLedger.
        floor: Parts of the floor by name.
        beside: What is good to know and not part of the floor.
    """
    print(f"\n{title}")
    print(work.line("trustledger"))
    for name, rounds in floor.items():
        print(rounds.line(f"floor: {name}"))
    whole = sum(rounds.wall for rounds in floor.values())
    cpu = sum(rounds.cpu for rounds in floor.values())
    print(f"  {'floor':<22}{whole:9.3f} s wall {cpu:9.3f} s CPU {'':>15}{whole / work.records * 1e6:9.2f} µs")
    print(f"  ratio to the floor: {work.wall / whole:.1f} (wall), {work.cpu / cpu:.1f} (CPU)")
    for name, rounds in (beside or {}).items():
        print(rounds.line(name))


def forget() -> None:
    """Collect garbage and empty TrustLedger's bounded caches: a second round would find its lots there."""
    gc.collect()
    for found in gc.get_objects():
        ours = isinstance(found, _lru_cache_wrapper) and str(found.__module__).startswith("trustledger")
        if ours and found.cache_parameters()["maxsize"] is not None:
            found.cache_clear()


class Machine:
    """What the run happened on, and how much of it others used meanwhile."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._own = time.process_time()
        self._busy = _busy_seconds()

    @staticmethod
    def describe() -> str:
        """Versions and machine, in one line each."""
        libraries = ", ".join(f"{name} {version(name)}" for name in _MEASURED_WITH)
        python = f"{platform.python_implementation()} {platform.python_version()}"
        return f"{python}; {libraries}\n{_processor()}, {os.cpu_count()} CPUs; {platform.platform()}"

    def noise(self) -> str:
        """How busy others kept the machine since this object was made."""
        took = time.perf_counter() - self._started
        busy = _busy_seconds()
        if self._busy is None or busy is None:
            return "what other processes did meanwhile is not known"
        others = max(busy - self._busy - (time.process_time() - self._own), 0.0) / took
        verdict = "NOISY: repeat when the machine is quiet" if others > _BUSY else "quiet"
        return f"other processes used {others:.2f} of {os.cpu_count()} CPUs meanwhile ({verdict})"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _busy_seconds() -> float | None:
    """CPU seconds used by all processes and the host's other guests; None where nobody says."""
    try:
        fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    except OSError:
        return None
    user, nice, system, _, _, irq, softirq, steal = map(int, fields[:8])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def resident() -> dict[str, int]:
    """Bytes of memory of this process: at most (``VmHWM``), and its own now (``RssAnon``); 0 if unknown.

    The first includes pages of LMDB's map that the system happens to keep, and takes back when it needs them.
    """
    found = dict.fromkeys(("VmHWM", "RssAnon"), 0)
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return found
    for line in lines:
        name, _, value = line.partition(":")
        if name in found:
            found[name] = int(value.split()[0]) * 1024
    return found


def megabytes(count: float) -> str:
    """Bytes as MB, for people."""
    return f"{count / 1e6:,.0f} MB"


def fail(reason: str) -> None:
    """A benchmark that did not do what it says has no figures."""
    sys.exit(f"benchmark is wrong: {reason}")
