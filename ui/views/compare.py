"""The view compare."""

from __future__ import annotations

from ui.site import Site



def build(site: Site) -> None:
    """Draw the view and connect it, within the page that is being built."""
