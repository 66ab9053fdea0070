"""The words of the interface in both languages: Chinese as written, English from the data files.

A text of the interface is its own key: the code and the templates say it in Chinese,
``ui/page/english/*.toml`` says it in English, and the registry of fields what columns are called.
Texts of sources, questions and answers are never translated; they stand in elements with
``translate="no"``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import gradio as gr

from index.schema.fields import CHINESE, ENGLISH, registry


@cache
def english() -> dict[str, str]:
    """Return the English text for every Chinese one."""
    found = {one.labels[CHINESE]: one.labels[ENGLISH] for one in registry().fields}
    folder = files("ui.page") / "english"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        found |= tomllib.loads(file.read_text("utf-8"))
    return found


@cache
def interface() -> gr.I18n:
    """Return the texts as Gradio's components take them: ``interface()("新对话")``."""
    return gr.I18n(**{"zh-CN": {text: text for text in english()}, "en": english()})
