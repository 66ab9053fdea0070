"""The password before what changes the index: few tries a minute, and keys that expire."""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable

from ui.errors import LockedError

_TRIES = 5
_MINUTE = 60.0
_KEPT = 3600.0
_MOST_KEYS = 100


class Gate:
    """Gives keys to those who know the password.

    Wrong tries are counted together, whoever makes them, for who they are cannot be told from
    behind a proxy.

    Args:
        password: The password.
        clock: Returns seconds that only grow.
    """

    def __init__(self, password: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._password = password.encode()
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: deque[float] = deque(maxlen=_TRIES)
        self._keys: dict[str, float] = {}

    def unlock(self, password: str) -> str:
        """Return a new key, good for an hour after its last use.

        Raises:
            LockedError: the password is wrong, or too many were within a minute.
        """
        with self._lock:
            now = self._clock()
            if len(self._wrong) == _TRIES and now - self._wrong[0] < _MINUTE:
                wait = int(_MINUTE - (now - self._wrong[0])) + 1
                raise LockedError(f"试错太多次，请等 {wait} 秒再试")
            if not secrets.compare_digest(password.encode(), self._password):
                self._wrong.append(now)
                raise LockedError("密码不对，请重新输入")
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
