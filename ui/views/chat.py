"""The conversation as drawn: answers, evidence beside them, input below; no behaviour."""

from __future__ import annotations

import gradio as gr

from assistant.examples import examples
from index.types import Corpus
from ui.assets import asset
from ui.events import Desk, Session, Widgets, wire
from ui.render import empty_evidence_html
from ui.site import Site

_WELCOME = (
    "## 想了解哪些小巨人企业？\n\n"
    "按地区、领域、批次找企业，查一家企业的情况，或问数量、统计和认定规则。"
)


def build(site: Site) -> None:
    """Draw the view and connect it, within the page that is being built."""
    corpus = site.engine().index.corpus
    session = gr.State(Session())
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
                js_on_load=asset("chat.js"),
            )
    wire(Widgets(session, conversation, evidence, question, restart), Desk(site.engine))


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
