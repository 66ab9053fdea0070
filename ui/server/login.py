"""Who may use the page, and who may change the index: passwords, with few wrong tries a minute.

Tries are counted apart for every client, so nobody can lock out anybody else.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from hmac import compare_digest
from math import ceil

from pydantic import SecretStr

from index.errors import SettingsError
from ui.errors import LockedError

Logins = tuple[tuple[str, str], ...]


def read_logins(setting: SecretStr | None) -> Logins:
    """Return names with their passwords; none where the page is open to everybody.

    Args:
        setting: ``name:password``, several separated by commas.

    Raises:
        SettingsError: it is not of that form; the message tells no password.
    """
    if setting is None:
        return ()
    logins: dict[str, str] = {}
    for number, part in enumerate(setting.get_secret_value().split(","), 1):
        name, _, password = (text.strip() for text in part.partition(":"))
        if not name or not password:
            raise SettingsError(
                f"环境变量 XIAOJUREN_AUTH 的第 {number} 项不是“用户名:密码”，"
                "请改成 用户名:密码，多个用户用英文逗号隔开，密码里不能有逗号"
            )
        if name in logins:
            raise SettingsError(
                f"环境变量 XIAOJUREN_AUTH 里第 {number} 项的用户名与前面的重复，请改名或去掉"
            )
        logins[name] = password
    return tuple(logins.items())


class Door:
    """Lets in who knows a name with its password."""

    def __init__(self, logins: Logins) -> None:
        self._known = dict(logins)
        self._brake = Brake()

    def __bool__(self) -> bool:
        return bool(self._known)

    def opens(self, name: str, password: str) -> bool:
        """Return whether a password is that of a name.

        Raises:
            LockedError: too many wrong ones were tried within a minute.
        """
        known = self._known.get(name)
        # Compared in constant time, also where there is no such user.
        right = compare_digest((known or "").encode(), password.encode("utf-8", "replace"))
        return self._brake.check(name, lambda: known is not None and right)


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
