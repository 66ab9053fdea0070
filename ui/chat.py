"""The chat page as drawn: conversation, evidence beside it, input below; no behaviour."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import gradio as gr

from assistant.engine import Engine
from assistant.examples import examples
from index.types import Corpus
from ui.events import Desk, Session, Widgets, wire
from ui.render import empty_evidence_html, header_html

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
_WELCOME = (
    "## 想了解哪些小巨人企业？\n\n"
    "按地区、领域、批次找企业，查一家企业的情况，或问数量、统计和认定规则。"
)


def build_page(engine: Callable[[], Engine]) -> gr.Blocks:
    """Return the page, ready to be served with :func:`theme` and :func:`head`.

    Args:
        engine: Returns the engine to ask; called now, on every load and for every question.

    Raises:
        StoreError: the engine's index cannot be opened.
    """
    corpus = engine().index.corpus
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        session = gr.State(Session())
        with gr.Row(elem_id="xj-top"):
            header = gr.HTML(
                header_html(corpus),
                elem_id="xj-about",
                apply_default_css=False,
                js_on_load=None,
            )
            restart = gr.Button("新对话", elem_id="xj-restart", size="sm", scale=0, min_width=88)
        with gr.Row(elem_id="xj-main"):
            with gr.Column(elem_id="xj-chat", scale=7, min_width=0):
                conversation = _conversation(corpus)
                question = _question()
            with gr.Column(elem_id="xj-side", scale=5, min_width=0):
                evidence = gr.HTML(
                    empty_evidence_html(),
                    elem_id="xj-pane",
                    apply_default_css=False,
                    js_on_load=_asset("evidence.js"),
                )
        widgets = Widgets(session, header, conversation, evidence, question, restart)
        wire(widgets, Desk(engine))
        # Not queued: a question asked right after would lose its answer with the queue's stream.
        page.load(
            lambda: header_html(engine().index.corpus),
            outputs=header,
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
    return page


def _conversation(corpus: Corpus) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="xj-conversation",
        label="对话",
        show_label=False,
        container=False,
        height="100%",
        layout="bubble",
        buttons=[],
        feedback_options=None,
        # Raw HTML is escaped before; anything that still got through is cleaned in the browser.
        sanitize_html=True,
        allow_tags=False,
        latex_delimiters=[],
        placeholder=_WELCOME,
        examples=[
            {"text": text, "display_text": f"{kind}\n{text}"} for kind, text in examples(corpus)
        ],
    )


def _question() -> gr.Textbox:
    return gr.Textbox(
        elem_id="xj-question",
        label="问题",
        show_label=False,
        container=False,
        placeholder="输入问题，按回车发送",
        lines=1,
        max_lines=5,
        autofocus=True,
        submit_btn="发送",
    )


def theme() -> gr.themes.Base:
    """Return a theme of system fonts only; nothing is fetched from elsewhere."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        radius_size="lg",
        font=_FONTS,
        font_mono=_MONO,
    )


def head() -> str:
    """Return what goes into the page's head: its style sheet and its script.

    Gradio's own parameter for styles rewrites every selector and those in media queries otherwise
    than the rest, so it is not used.
    """
    return f"<style>{_asset('page.css')}</style><script>{_asset('page.js')}</script>"


def _asset(name: str) -> str:
    return (files("ui") / "assets" / name).read_text("utf-8")
