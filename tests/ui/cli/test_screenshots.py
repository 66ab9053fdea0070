"""Pictures of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from assistant.engine import Engine
from index.errors import XiaojurenError
from ui.cli.screenshots import LOOKS, chromium, take_screenshots
from ui.errors import BrowserMissingError
from ui.server.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.model]

VIEWS = ("conversation", "browse", "pictures", "map")


def test_every_view_is_seen_in_every_look(
    tmp_path: Path, browser: Browser, engine: Engine, server: Server
) -> None:
    written = take_screenshots(browser, engine, server.url, tmp_path / "new")
    names = [f"{view}{look.ending}.png" for look in LOOKS for view in VIEWS]
    assert [path.name for path in written] == names
    for look in LOOKS:
        for view in VIEWS:
            with Image.open(tmp_path / "new" / f"{view}{look.ending}.png") as image:
                scale = 2 if look.phone else 1
                assert image.size == (look.width * scale, look.height * scale)
                # Not one flat colour: something is drawn.
                assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 10


def test_missing_browser_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BrowserMissingError, match="Chromium"), chromium():
        pass
    assert issubclass(BrowserMissingError, XiaojurenError)
