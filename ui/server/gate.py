"""The password before what changes the index: few tries a minute, and keys that expire."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

from ui.errors import LockedError
from ui.server.brake import Brake

_KEPT = 3600.0
_MOST_KEYS = 100


class Gate:
    """Gives keys to those who know the password.

    Args:
        password: The password.
        clock: Returns seconds that only grow.
    """

    def __init__(self, password: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._password = password.encode()
        self._clock = clock
        self._lock = threading.Lock()
        self._brake = Brake(clock)
        self._keys: dict[str, float] = {}

    def unlock(self, password: str) -> str:
        """Return a new key, good for an hour after its last use.

        Raises:
            LockedError: the password is wrong, or too many were within a minute.
        """
        given = password.encode("utf-8", "replace")
        if not self._brake.check("admin", lambda: secrets.compare_digest(given, self._password)):
            raise LockedError("密码不对，请重新输入")
        with self._lock:
            now = self._clock()
            self._keys = {key: used for key, used in self._keys.items() if now - used < _KEPT}
            while len(self._keys) >= _MOST_KEYS:
                self._keys.pop(min(self._keys, key=self._keys.__getitem__))
            key = secrets.token_urlsafe(32)
            self._keys[key] = now
            return key

    def require(self, key: str) -> None:
        """Check a key and keep it good.

        Raises:
            LockedError: it was never given or has expired.
        """
        with self._lock:
            now = self._clock()
            used = self._keys.get(key)
            if used is None or now - used >= _KEPT:
                self._keys.pop(key, None)
                raise LockedError("登录已过期，请重新输入密码")
            self._keys[key] = now
