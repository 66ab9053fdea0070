"""What slows down who guesses passwords: few wrong tries a minute for each account and client.

Tries are counted apart for every client, so nobody can lock out anybody else.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from math import ceil

from ui.errors import LockedError

# The address of who sent the request that is answered; set by the guard.
CLIENT: ContextVar[str] = ContextVar("client", default="")

_TRIES = 5
# Of one client for all accounts together.
_TRIES_OF_CLIENT = 20
_MINUTE = 60.0
_MOST_KEPT = 10_000


class Brake:
    """Counts wrong tries.

    Args:
        clock: Returns seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: OrderedDict[tuple[str, str], list[float]] = OrderedDict()

    def check(self, account: str, right: Callable[[], bool]) -> bool:
        """Return whether a try of the client that is served is right.

        Raises:
            LockedError: too many were wrong within a minute; ``right`` is not called.
        """
        client = CLIENT.get()
        with self._lock:
            now = self._clock()
            for key, most in (((client, account), _TRIES), ((client, ""), _TRIES_OF_CLIENT)):
                recent = [then for then in self._wrong.get(key, ()) if now - then < _MINUTE]
                if len(recent) >= most:
                    wait = ceil(_MINUTE - (now - recent[-most]))
                    raise LockedError(f"试错太多次，请等 {wait} 秒再试")
            if right():
                return True
            for key in ((client, account), (client, "")):
                self._wrong[key] = [*self._wrong.pop(key, ())[-_TRIES_OF_CLIENT:], now]
            while len(self._wrong) > _MOST_KEPT:
                self._wrong.popitem(last=False)
        return False
