"""HTML from the templates in ``ui/templates``, in which every value is escaped."""

from __future__ import annotations

from functools import cache

import jinja2


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("ui", "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **slots: object) -> str:
    """Return the HTML of ``ui/templates/<template>.html.j2``; values are escaped by it."""
    return _environment().get_template(f"{template}.html.j2").render(**slots)
