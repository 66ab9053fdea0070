"""HTML from the templates in ``ui/page/templates``, in which every value is escaped."""

from __future__ import annotations

import re
from functools import cache

import jinja2
from markupsafe import Markup, escape

_WEB = re.compile(r"https?://[^\s<>\"'`]+")
_URL = re.compile(r"https?://[\w./:%?=&#+~-]+")
_LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>'


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ui.page", "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["web_address"] = is_web_address
    return environment


def is_web_address(text: str) -> bool:
    """Return whether a whole text is an address that can only lead to a web page."""
    return _WEB.fullmatch(text) is not None


def linked(text: str) -> Markup:
    """Return text as HTML in which the addresses of web pages are links."""
    # Escaped first, which changes no character of an address but &.
    return Markup(_URL.sub(lambda found: _LINK.format(found[0]), escape(text)))  # noqa: S704


def render(template: str, **slots: object) -> str:
    """Return the HTML of ``ui/page/templates/<template>.html.j2``; values are escaped by it."""
    return _environment().get_template(f"{template}.html.j2").render(**slots)
