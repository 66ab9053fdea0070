"""What a process or a call takes."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

COMMAND = (sys.executable, "-c", "from ui.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took.

    Attributes:
        seconds: From its start to its end.
        processor: Seconds of all cores, its own processes' included; other work hardly bears on it.
        megabytes: The most memory that it, or the largest of its processes, held.
        output: What it printed.
    """

    seconds: float
    processor: float
    megabytes: float
    output: str

    @property
    def told(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.output)


def run_process(*command: object) -> Run:
    """Return what a process takes.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    start = time.perf_counter()
    arguments = [str(one) for one in command]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    processor = usage.ru_utime + usage.ru_stime
    return Run(time.perf_counter() - start, processor, usage.ru_maxrss / 1024, output)


def run_command(*arguments: object) -> Run:
    """Return what the command ``xiaojuren`` takes in a fresh process.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    return run_process(*COMMAND, *arguments)


def processor_milliseconds(action: Callable[[], object]) -> float:
    """Return the processor time of a call in milliseconds, all threads of the process included."""
    start = time.process_time_ns()
    action()
    return (time.process_time_ns() - start) / 1e6


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of all values do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
