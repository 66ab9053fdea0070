"""Reads lists in a process of its own, which ends when one takes too long or too much memory.

A list comes from anywhere, and the parsers of its format can be made to run for ever. The process
is started with the first list, kept for the next ones and ends with this one.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from index.errors import SourceError

_MAIN = "from index.sources.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one list may take.

    Attributes:
        seconds: Time.
        megabytes: Address space of the process that reads, where the system can bound it.
    """

    seconds: int = 300
    megabytes: int = 4096


class Worker:
    """Calls functions on files, one call at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: Callable[[Path, str], Any], path: Path, name: str) -> Any:
        """Return what a function of a module returns for a file and its name.

        Raises:
            SourceError: as the function does; or a limit is reached, or it fails.
        """
        process = self._process = self._process or self._start()
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.seconds, end)
        timer.start()
        try:
            pickle.dump((function, path, name), _stream(process.stdin))
            _stream(process.stdin).flush()
            result, problem = pickle.load(_stream(process.stdout))  # noqa: S301 - our own process
        except (OSError, EOFError, pickle.UnpicklingError):
            self.close()
            raise SourceError(path, self._ended(late=late.is_set())) from None
        except BaseException:
            # What it still sends would be taken for the next answer.
            self.close()
            raise
        finally:
            timer.cancel()
        if problem:
            raise SourceError(*problem)
        return result

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(str(Path(part).absolute()) for part in sys.path)
        return subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-c", _MAIN, str(self._limits.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
        )

    def _ended(self, *, late: bool) -> str:
        if late:
            return f"读了 {self._limits.seconds} 秒还没读完，请简化或拆成几个文件后再试"
        return f"读它要用的内存超过 {self._limits.megabytes} MB，请简化或拆成几个文件后再试"


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream


def main() -> None:
    """Answer calls from stdin on stdout until there are no more."""
    _bound_memory(int(sys.argv[1]) * 1024 * 1024)
    # Whatever else is printed goes to stderr.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            function, path, name = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process
        except EOFError:
            return
        pickle.dump(_outcome(function, path, name), answers)
        answers.flush()


def _outcome(function: Callable[[Path, str], Any], path: Path, name: str) -> tuple[Any, Any]:
    """Return the result of a call and None, or None and what the error is made of."""
    try:
        return function(path, name), None
    except SourceError as error:
        return None, (error.path, error.problem, error.line)
    except MemoryError:
        # Nothing can be relied on any more.
        os._exit(1)
    except RecursionError:
        return None, (path, "嵌套太深，请简化后再试")
    except Exception as error:  # noqa: BLE001 - a list that breaks a reader keeps no other out
        return None, (path, f"读不出内容（{type(error).__name__}: {error}"[:200] + "），请检查文件")


def _bound_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
