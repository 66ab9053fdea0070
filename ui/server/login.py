"""Who may use the page: names and passwords from the settings."""

from __future__ import annotations

from hmac import compare_digest

from pydantic import SecretStr

from index.errors import SettingsError
from ui.server.brake import Brake

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
