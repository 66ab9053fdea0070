"""The surfaces' part of the exception tree.

XiaojurenError (index.errors)
├── UsageError           the command line is given what does not fit together
├── ServeError           the page cannot be served at the address given
│   └── PortInUseError   another program listens there
├── UploadError          a list cannot be added from the page
│   └── LockedError      the password is wrong or was not given
├── RequestError         a browser sent what the page never sends
├── SourceViewError      a source cannot be shown
├── FeedbackError        a verdict cannot be stored or read
└── BrowserMissingError  no browser on this machine that could look at the page
"""

from __future__ import annotations

from index.errors import XiaojurenError


class UsageError(XiaojurenError):
    """The command line is given a command that is none, or options that exclude each other."""


class ServeError(XiaojurenError):
    """The page cannot be served at the address given."""


class PortInUseError(ServeError):
    """Another program listens at the address already."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        super().__init__(
            f"{host} 的端口 {port} 已被其他程序占用，请关闭那个程序，"
            f"或用 --port 换一个端口，如 --port {port + 1 if port < 65535 else 7860}"
        )


class UploadError(XiaojurenError):
    """A list cannot be added from the page; nothing has changed."""


class LockedError(UploadError):
    """The password is wrong, or the page was not unlocked with it."""


class BrowserMissingError(XiaojurenError):
    """There is no browser on this machine that could look at the page."""


class RequestError(XiaojurenError):
    """A browser sent what the page never sends, or too much of it."""


class SourceViewError(XiaojurenError):
    """A source is not in the index, or its file cannot be shown."""


class FeedbackError(XiaojurenError):
    """A verdict on an answer cannot be stored, or those stored cannot be read."""
