"""Pictures of the page for the README: `python -m ui.cli.screenshots [--store DIR] [FOLDER]`.

Serves an index in the background and looks at it with Chromium, wide and as on a phone.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from PIL import Image

from assistant.browsing.examples import examples
from assistant.engine import Engine, open_engine
from assistant.settings import Settings, load_settings
from index.build import BuildRequest, build_index
from index.errors import XiaojurenError
from index.language.encoder import SentenceEncoder
from ui.cli.console import ProgressBars
from ui.errors import BrowserMissingError
from ui.server.server import launch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path("docs/screenshots")

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_SECONDS = 120
# What moves in, and what is drawn after its text has come.
_SETTLED_MS = 800


@dataclass(frozen=True, slots=True)
class Look:
    """How the page is looked at.

    Attributes:
        ending: What the names of its pictures end with.
        width: Of the window, in CSS pixels.
        height: Of the window, in CSS pixels.
        phone: Whether it is one: with fingers, fine pixels, and no room beside an answer.
    """

    ending: str
    width: int
    height: int
    phone: bool


LOOKS = (Look("", 1280, 800, phone=False), Look("-phone", 390, 844, phone=True))


def take_screenshots(browser: Browser, engine: Engine, url: str, folder: Path) -> list[Path]:
    """Return the pictures that were written, in the order of the views.

    Args:
        browser: From :func:`chromium`.
        engine: What the page answers with.
        url: Where the page is served.
        folder: Where the pictures go; made if it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for look in LOOKS:
        for name, picture in _pictures(browser, look, engine, url):
            path = folder / f"{name}{look.ending}.png"
            path.write_bytes(_small(picture))
            written.append(path)
    return written


@contextmanager
def chromium() -> Iterator[Browser]:
    """Return the Chromium of this machine, without a window.

    Raises:
        BrowserMissingError: there is none.
    """
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        raise BrowserMissingError("这台机器上没有 Chromium，请先安装，如 apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        yield browser
        browser.close()


def _pictures(
    browser: Browser, look: Look, engine: Engine, url: str
) -> Iterator[tuple[str, bytes]]:
    """Yield every view's name with its picture."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        device_scale_factor=2 if look.phone else 1,
        locale="zh-CN",
        color_scheme="light",
        has_touch=look.phone,
        is_mobile=look.phone,
    )
    context.set_default_timeout(_SECONDS * 1000)
    page = context.new_page()
    page.goto(url)
    _converse(page, engine, evidence=not look.phone)
    yield "conversation", _seen(page)
    for view in ("browse", "pictures"):
        page.evaluate("view => { location.hash = `#/${view}`; }", view)
        _wait_for(page, view)
        yield view, _seen(page)
    page.locator(".xj-map").evaluate("map => map.scrollIntoView()")
    yield "map", _seen(page)
    context.close()


def _converse(page: Page, engine: Engine, *, evidence: bool) -> None:
    """Ask the first example and open the first line that the answer cites, if that is wanted."""
    question = examples(engine.index.records)[0][1]
    box = page.locator("#xj-view-chat textarea")
    box.fill(question)
    box.press("Enter")
    answered = engine.reply(question).answer.records
    view = page.locator("#xj-view-chat")
    view.get_by_text(answered[0].name).first.wait_for()
    _wait_for(page, "chat")
    marks = view.locator("[data-cite]")
    if evidence and marks.count():
        marks.first.click()


def _wait_for(page: Page, view: str) -> None:
    page.locator(f"#xj-view-{view}").wait_for()
    page.wait_for_function(
        "view => !document.querySelector(`#xj-view-${view} [aria-busy=true]`)", arg=view
    )


def _seen(page: Page) -> bytes:
    page.wait_for_timeout(_SETTLED_MS)
    return page.screenshot(animations="disabled")


def _small(picture: bytes) -> bytes:
    """Return a picture in 256 colours, which a page of text and bars is none the worse for."""
    small = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
            small, "PNG", optimize=True
        )
    return small.getvalue()


def main(
    folder: Annotated[Path, typer.Argument(help="图片放在哪里")] = FOLDER,
    store: Annotated[
        Path | None, typer.Option(help="索引所在的文件夹；不给则为默认清单临时建一个")
    ] = None,
) -> None:
    """给网页的各个视图截图。"""  # noqa: D415
    with ExitStack() as opened:
        try:
            settings = load_settings()
            place = store or Path(opened.enter_context(tempfile.TemporaryDirectory())) / "store"
            if store is None:
                _index_seeds(settings, place)
            engine = open_engine(settings.model_copy(update={"store": place}))
            opened.enter_context(closing(engine))
            browser = opened.enter_context(chromium())
            server = opened.enter_context(launch(lambda: engine, "127.0.0.1", 0))
            for path in take_screenshots(browser, engine, server.url, folder):
                typer.echo(f"{path} {path.stat().st_size // 1024} KB")
        except XiaojurenError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error


def _index_seeds(settings: Settings, place: Path) -> None:
    encoder = SentenceEncoder(settings.model, settings.threads)
    build_index(BuildRequest([settings.seeds], place, encoder), ProgressBars())


if __name__ == "__main__":
    typer.run(main)
