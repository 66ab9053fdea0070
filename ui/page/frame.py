"""The page: a header with the views' names, and the views, one shown at a time.

Which view is shown is the browser's affair (``assets/page.js``): the address says it, as in
``#/browse``. Views reach each other without knowing each other. An element anywhere on the page
with ``data-ask="问题"`` asks that in the conversation, one with ``data-company="id"`` opens the
company, one with ``data-source="file" data-line="73"`` (and ``data-sheet``) the source at that
line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import gradio as gr

from assistant.engine import Engine
from index.store.records import Records
from ui.api import expose
from ui.page.assets import asset
from ui.page.html import render
from ui.page.texts import english
from ui.page.views import browse, chat, company, compare, data, pictures, rules, source

TITLE = "小巨人"

_FONTS = (
    "system-ui",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "sans-serif",
)
_MONO = ("ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace")


@dataclass(frozen=True, slots=True)
class _View:
    """One view: its name in the address, its title, and the module whose ``build`` draws it."""

    key: str
    title: str
    module: ModuleType


_VIEWS = (
    _View("chat", "问答", chat),
    _View("browse", "浏览", browse),
    _View("pictures", "图表", pictures),
    _View("rules", "规则", rules),
    _View("compare", "对比", compare),
    _View("data", "数据", data),
)

# What opens over any view.
_DIALOGS = (company, source)

_STYLES = ("page", *(view.key for view in _VIEWS), "company", "source")


def build_page(engine: Callable[[], Engine]) -> gr.Blocks:
    """Return the page, ready to be served with :func:`theme` and :func:`head`.

    Args:
        engine: Returns the engine to ask; called now, on every load and for every request.

    Raises:
        StoreError: the engine's index cannot be opened.
    """
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        header = gr.HTML(
            header_html(engine().index.records),
            elem_id="xj-top",
            apply_default_css=False,
            js_on_load=None,
        )
        for view in _VIEWS:
            with gr.Column(elem_id=f"xj-view-{view.key}", elem_classes="xj-view", min_width=0):
                view.module.build(engine)
        for dialog in _DIALOGS:
            dialog.build(engine)
        expose(engine)
        # Not queued: a question asked right after would lose its answer with the queue's stream.
        page.load(
            lambda: header_html(engine().index.records),
            outputs=header,
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
    return page


def header_html(records: Records) -> str:
    """Return the page's header: its name, the views, and what the index holds, of when."""
    documents = records.documents()
    dated = [document.as_of.text for document in documents if document.as_of]
    return render(
        "header",
        title=TITLE,
        views=_VIEWS,
        companies=records.count(),
        documents=len(documents),
        as_of=dated[0] if len(documents) == len(dated) == 1 else "",
    )


def theme() -> gr.themes.Base:
    """Return a theme of system fonts only; nothing is fetched from elsewhere."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        radius_size="lg",
        font=_FONTS,
        font_mono=_MONO,
    ).set(
        # Light letters need a ground this dark; the login is the one place that uses it.
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
    )


def head() -> str:
    """Return what goes into the page's head: its style sheets, its texts in English, its script.

    Gradio's own parameter for styles rewrites every selector and those in media queries otherwise
    than the rest, so it is not used.
    """
    styles = "".join(asset(f"{name}.css") for name in _STYLES)
    texts = json.dumps(english(), ensure_ascii=False).replace("<", "\\u003c")
    script = f"const ENGLISH = {texts};\n{asset('page.js')}"
    return f"<style>{styles}</style><script>{{{script}}}</script>"
