"""An answer's Markdown as HTML, with its marks as buttons that open their citation.

Raw HTML, images and references are not rendered, and only links to web pages are links: whatever
a value holds is shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

_MARK = re.compile(r"\[(\d{1,5})\](?!\()")
_WEB = ("http://", "https://")
_URL = re.compile(r"https?://[\w./:%?=&#+~-]+")
_LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>'
_LISTS = ("ordered_list_open", "bullet_list_open")
# How many tokens a paragraph is.
_PARAGRAPH = 3
# What introduces the names of companies in a sentence, and what ends it without them.
_COLON, _STOP = "：", "。"


class Prose:
    """An answer's Markdown, read.

    Args:
        text: The Markdown.
        marks: The numbers that are citations; others are text.
    """

    def __init__(self, text: str, marks: Collection[int]) -> None:
        self._env = {"marks": frozenset(marks)}
        self._tokens = _parser().parse(text, self._env)
        self._apart: int | None = None

    def statements(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield what is stated, piece by piece, each with the numbers that prove it."""
        for token in self._tokens:
            if token.children:
                numbers = (one.meta["number"] for one in token.children if one.type == "mark")
                yield _text(token), tuple(dict.fromkeys(numbers))

    def without(self, names: Sequence[str], *, heading: bool) -> bool:
        """Take away the lists whose every item begins with one of ``names``.

        Args:
            names: Names of companies, which are shown in another form.
            heading: Whether the paragraph that announces the list goes with it.

        Returns:
            Whether there was one.
        """
        found = False
        position = 0
        while position < len(self._tokens):
            token = self._tokens[position]
            if token.type in _LISTS and token.level == 0:
                end = _end(self._tokens, position)
                if _all_named(self._tokens[position:end], names):
                    start = max(position - _PARAGRAPH, 0) if heading else position
                    del self._tokens[start:end]
                    if self._apart is None:
                        self._apart = start
                    position, found = start, True
                    continue
            position += 1
        return found

    def cut(self, names: Sequence[str]) -> bool:
        """End the first sentence before it goes on to name the first of ``names``.

        Returns:
            Whether it did.
        """
        if len(self._tokens) < 2 or not self._tokens[1].children:
            return False
        children = self._tokens[1].children
        for position, one in enumerate(children):
            before, colon, after = one.content.partition(_COLON)
            if one.type == "text" and colon and not before and after.startswith(names[0]):
                self._tokens[1].children = [*children[:position], _plain(_STOP)]
                self._apart = _PARAGRAPH
                return True
        return False

    def take(self, sign: str, mark: Callable[[int], str]) -> list[tuple[str, Markup]]:
        """Take away the paragraphs at the end that begin with ``sign``.

        Args:
            sign: What they begin with.
            mark: Returns the HTML of a citation's mark.

        Returns:
            Their text and HTML without the sign, in order.
        """
        taken: list[tuple[str, Markup]] = []
        parser = _parser()
        while len(self._tokens) > _PARAGRAPH:
            opening, inline, _ = self._tokens[-_PARAGRAPH:]
            children = inline.children or []
            if opening.type != "paragraph_open" or not inline.content.startswith(sign):
                break
            children[0].content = children[0].content.removeprefix(sign).lstrip()
            html = parser.renderer.render([inline], parser.options, {**self._env, "html": mark})
            taken.append((_text(inline), Markup(html)))  # noqa: S704 - as in html()
            del self._tokens[-_PARAGRAPH:]
        return taken[::-1]

    def html(self, mark: Callable[[int], str]) -> tuple[Markup, Markup]:
        """Return the HTML up to where names were first taken away, and that after it.

        Args:
            mark: Returns the HTML of a citation's mark.
        """
        env = {**self._env, "html": mark}
        parser = _parser()
        apart = len(self._tokens) if self._apart is None else self._apart
        parts = self._tokens[:apart], self._tokens[apart:]
        head, rest = (parser.renderer.render(part, parser.options, env) for part in parts)
        # HTML of the source is off, so that every value was escaped.
        return Markup(head), Markup(rest)  # noqa: S704


def _end(tokens: Sequence[Token], start: int) -> int:
    """Return the position after the block that opens at ``start``."""
    for position in range(start + 1, len(tokens)):
        if tokens[position].level == tokens[start].level and tokens[position].nesting == -1:
            return position + 1
    return len(tokens)


def _all_named(tokens: Sequence[Token], names: Sequence[str]) -> bool:
    texts = [_text(token) for token in tokens if token.type == "inline"]
    return bool(texts) and all(text.startswith(tuple(names)) for text in texts)


def _text(token: Token) -> str:
    return "".join(one.content for one in token.children or () if one.type != "mark")


def _plain(text: str) -> Token:
    return Token("text", "", 0, content=text)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["reference", "image", "html_block", "html_inline", "code", "fence"])
    parser.inline.ruler.before("link", "mark", _read_mark)
    parser.validateLink = lambda url: url.startswith(_WEB)  # type: ignore[method-assign]
    parser.add_render_rule("mark", _render_mark)
    parser.add_render_rule("text", _render_text)
    parser.add_render_rule("link_open", _render_link)
    return parser


def _read_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - called by the parser
    found = _MARK.match(state.src, state.pos)
    if found is None or int(found[1]) not in state.env["marks"]:
        return False
    if not silent:
        state.push("mark", "", 0).meta = {"number": int(found[1])}
    state.pos = found.end()
    return True


def _render_mark(
    _: RendererHTML, tokens: Sequence[Token], position: int, __: OptionsDict, env: EnvType
) -> str:
    mark: Any = env["html"]
    return str(mark(tokens[position].meta["number"]))


def _render_text(
    _: RendererHTML, tokens: Sequence[Token], position: int, __: OptionsDict, ___: EnvType
) -> str:
    return str(linked(tokens[position].content))


def linked(text: str) -> Markup:
    """Return text as HTML in which the addresses of web pages are links."""
    # Escaped first, which changes no character of an address but &.
    return Markup(_URL.sub(lambda found: _LINK.format(found[0]), escape(text)))  # noqa: S704


def _render_link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    position: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    tokens[position].attrs |= {"target": "_blank", "rel": "noopener noreferrer"}
    return renderer.renderToken(tokens, position, options, env)
