"""An answer as the page shows it: Markdown for the conversation, HTML for the evidence.

Pure functions of their arguments. Whatever comes from a source or a user is escaped here, at the
last step before the browser; the browser's own sanitising is a second line of defence. A mark
``[2]`` of turn 3 becomes a link to ``#cite-3-2``, the id of that citation's card.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from assistant.types import Answer, Citation, Record
from index.columns import TableKind, load_schema
from index.types import Company, CompanyRow, Corpus, Origin

Lines = Mapping[tuple[str, int], tuple[tuple[str, str], ...]]
"""What table rows say, as (label, text) pairs by file (with its sheet) and line."""

# An escaped character, a mark, or a character that could begin HTML.
_MARK_OR_MARKUP = re.compile(r"\\(?P<escaped>.)|\[(?P<mark>\d{1,5})\](?!\()|(?P<raw>[<&])", re.S)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_PIPE = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_RULE = re.compile(r"[\s|:-]+")
_WEB = re.compile(r"https?://[^\s<>\"'`]+")

# Conditions that are not columns of a table.
_CONDITIONS = {
    "topic": "主题",
    "order": "排序",
    "group": "分组",
    "count": "数量",
    "facts": "您说的情况",
    "corrected": "读作",
    "either": "满足其一",
    "list": "清单",
    "only_list": "仅在清单",
    "region": "地区",
    "exchange": "上市地",
    "code": "股票代码",
}


def read_lines(corpus: Corpus) -> Lines:
    """Return the labelled values of every table row that ``corpus`` was read from."""
    labels = load_schema().labels
    lines: dict[tuple[str, int], tuple[tuple[str, str], ...]] = {}
    for row in _company_rows(corpus):
        lines[_key(row.origin)] = tuple(
            (load_schema().label(field), value.text)
            for field, value in row.values.items()
            if value.origin == row.origin
        )
    for region in corpus.regions:
        lines[_key(region.origin)] = tuple(
            (labels[TableKind.REGION].get(field, field), value.text)
            for field, value in region.values.items()
        )
    for clause in corpus.clauses:
        cells = _cells(clause.origin.quote)
        if len(cells) == 2:
            names = labels[TableKind.CRITERIA].values()
            lines[_key(clause.origin)] = tuple(zip(names, cells, strict=True))
    return lines


def _key(place: Origin | Citation) -> tuple[str, int]:
    """Return the file and line of a place; each sheet counts as a file of its own."""
    file = f"{place.source}/{place.sheet}" if place.sheet else place.source
    return file, place.line_start


def _company_rows(corpus: Corpus) -> Iterable[CompanyRow]:
    companies: tuple[Company, ...] = corpus.companies
    for company in companies:
        yield from company.rows
    for unresolved in corpus.unresolved:
        yield unresolved.row


def question_markdown(text: str) -> str:
    """Return a user's words as Markdown that shows exactly them."""
    return "\n".join(_plain(line.strip()) for line in text.strip().splitlines())


def _plain(text: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        character = match[1]
        return escape(character) if character in "<>&" else f"\\{character}"

    return _PUNCTUATION.sub(escaped, text)


def error_markdown(message: str) -> str:
    """Return an error message for the conversation."""
    return f"**没能回答。** {_plain(message)}"


def answer_markdown(answer: Answer, turn: int) -> str:
    """Return an answer's text with every mark linked to its citation's card.

    Args:
        answer: The answer; its text is Markdown with the values escaped already.
        turn: Number of the answer in the conversation; keeps the cards' ids apart.
    """
    lines = {citation.id: line_text(citation) for citation in answer.citations}

    def linked(match: re.Match[str]) -> str:
        if match["mark"]:
            number = int(match["mark"])
            if number not in lines:
                return match[0]
            return f'[{number}](#cite-{turn}-{number} "出处 {number}，{_plain(lines[number])}")'
        # As an entity the character cannot begin a tag, whatever reads the text next.
        character = match["escaped"] or match["raw"]
        return escape(character) if character in "<>&" else match[0]

    return _MARK_OR_MARKUP.sub(linked, answer.answer)


def line_text(citation: Citation) -> str:
    """Return where a citation stands in its file: 第 73 行, 第 73–74 行, 工作表「名单」第 3 行."""
    sheet = f"工作表「{citation.sheet}」" if citation.sheet else ""
    if citation.line_start == citation.line_end:
        return f"{sheet}第 {citation.line_start} 行"
    return f"{sheet}第 {citation.line_start}–{citation.line_end} 行"


def empty_evidence_html() -> str:
    """Return the evidence pane before the first answer."""
    return (
        '<section class="xj-evidence xj-empty" data-turn="0"><h2>出处</h2>'
        "<p>提问后，回答引用的原文会列在这里：哪份文件、第几行、整行原文。"
        "点回答里的编号可直接跳到对应的一行。</p></section>"
    )


def evidence_html(answer: Answer, turn: int, lines: Lines) -> str:
    """Return the evidence pane of one answer: how it was understood, and every cited line.

    Args:
        answer: The answer.
        turn: Its number in the conversation, as given to :func:`answer_markdown`.
        lines: Labels for table rows, from :func:`read_lines`.
    """
    # A line that also proves a match is shown with the matches.
    matched = {number for record in answer.records for number in record.citations}
    near = {number for record in answer.related for number in record.citations} - matched
    main = [one for one in answer.citations if one.id not in near]
    cards = "".join(_card(one, turn, lines) for one in main)
    if not answer.citations:
        cards = '<p class="xj-none">这个回答没有引用原文。</p>'
    count = f"<span>{len(answer.citations)} 处</span>" if answer.citations else ""
    return (
        f'<section class="xj-evidence" data-turn="{turn}"><h2>出处{count}</h2>'
        f'<p class="xj-asked">{escape(answer.question)}</p>{_conditions(answer.filters)}{cards}'
        f"{_related(answer, near, turn, lines)}"
        '<a class="xj-back" href="#xj-chat">回到对话</a></section>'
    )


def _conditions(filters: Mapping[str, list[str]]) -> str:
    if not filters:
        return ""
    chips = "".join(
        f"<li><span>{escape(_CONDITIONS.get(field) or load_schema().label(field))}</span>"
        f"{escape('、'.join(values))}</li>"
        for field, values in filters.items()
    )
    return f'<ul class="xj-conditions" aria-label="理解成的条件">{chips}</ul>'


def _related(answer: Answer, near: set[int], turn: int, lines: Lines) -> str:
    if not answer.related:
        return ""
    names = "".join(f"<li>{_related_name(record, turn)}</li>" for record in answer.related)
    cards = "".join(_card(one, turn, lines) for one in answer.citations if one.id in near)
    return (
        '<section class="xj-related"><h3>相近但不符合条件</h3>'
        f'<ul class="xj-names">{names}</ul>{cards}</section>'
    )


def _related_name(record: Record, turn: int) -> str:
    marks = "".join(
        f'<a class="xj-mark" href="#cite-{turn}-{number}">{number}</a>'
        for number in record.citations
    )
    about = " · ".join(
        record.fields[field] for field in ("city", "domain", "product") if field in record.fields
    )
    return f"<b>{escape(record.name)}</b> <span>{escape(about)}</span> {marks}"


def _card(citation: Citation, turn: int, lines: Lines) -> str:
    # A cited heading says itself which section it is.
    shown = citation.section and citation.section not in citation.quote
    section = f'<p class="xj-section">{escape(citation.section)}</p>' if shown else ""
    return (
        f'<article class="xj-card" id="cite-{turn}-{citation.id}" tabindex="-1">'
        f'<header><span class="xj-number">{citation.id}</span>'
        f'<span class="xj-source">{escape(citation.source)}</span>'
        f'<span class="xj-line">{escape(line_text(citation))}</span></header>'
        f"{section}{_quote(citation, lines)}</article>"
    )


def _quote(citation: Citation, lines: Lines) -> str:
    raw = f'<pre class="xj-raw">{escape(citation.quote)}</pre>'
    pairs = lines.get(_key(citation), ())
    if pairs:
        shown = f'<dl class="xj-fields">{"".join(_field(*pair) for pair in pairs)}</dl>'
    elif citation.quote.lstrip().startswith("|"):
        rows = "".join(_bare_row(line) for line in citation.quote.splitlines())
        shown = f'<table class="xj-cells"><tbody>{rows}</tbody></table>'
    else:
        return raw
    return f"{shown}<details><summary>原文</summary>{raw}</details>"


def _field(label: str, text: str) -> str:
    wide = ' class="xj-wide"' if _WEB.fullmatch(text) else ""
    return f"<div{wide}><dt>{escape(label)}</dt><dd>{_value(text)}</dd></div>"


def _bare_row(line: str) -> str:
    if _RULE.fullmatch(line):
        return ""
    return f"<tr>{''.join(f'<td>{_value(cell)}</td>' for cell in _cells(line))}</tr>"


def _cells(line: str) -> list[str]:
    """Return the cells of a Markdown table row as text; a link is shown by its words."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_LINK.sub(r"\1", cell).replace("\\|", "|").strip() for cell in _PIPE.split(inner)]


def _value(text: str) -> str:
    if _WEB.fullmatch(text):
        # Escaped, and its scheme checked above: it can only lead to a web page.
        url = escape(text)
        return f'<a href="{url}" target="_blank" rel="noopener noreferrer">{url}</a>'
    return escape(text)
