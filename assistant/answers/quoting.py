"""Requirements, notes and rows of statistics in their sources' own words, list by list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby

from assistant.answers.blocks import Block, Notice, NoticeKind, Quotation, Sentence, Text
from assistant.answers.citations import Citations
from assistant.answers.context import Context
from assistant.answers.regional import columns_of, header_of
from assistant.answers.runs import joined, text
from index.regex import regex
from index.text import plain_heading
from index.types import Clause, DocumentSummary, Passage, StatisticsRow, Value

Quoted = Clause | Passage | StatisticsRow


def quotations(told: Sequence[Quoted], context: Context, cite: Citations) -> tuple[Block, ...]:
    """Return passages under the title of their list, lists in the order of the index."""
    by_source: dict[str, list[Quoted]] = {}
    for one in told:
        by_source.setdefault(one.origin.source, []).append(one)
    titled = len(by_source) > 1
    return tuple(
        block
        for document in context.force.documents
        if (found := by_source.get(document.source))
        for block in _of_list(document, found, context, cite, titled=titled)
    )


def _of_list(
    document: DocumentSummary,
    told: Sequence[Quoted],
    context: Context,
    cite: Citations,
    *,
    titled: bool,
) -> Iterator[Block]:
    """Yield what one list says: its requirements, then its sections under their headings."""
    clauses = [one for one in told if isinstance(one, Clause)]
    lines = tuple(_requirements(clauses, cite))
    parts: list[tuple[Text, tuple[Text, ...]]] = [((), lines)] if lines else []
    parts.extend(_sections([one for one in told if not isinstance(one, Clause)], cite))
    as_of = source_line(document, context, cite, titled=titled, told=told)
    for number, (heading, passages) in enumerate(parts):
        if heading:
            yield Sentence(text(heading, "："))
        last = number == len(parts) - 1
        title = document.title if titled and number == 0 else ""
        dated = as_of if (titled and number == 0) or (not titled and last) else ()
        yield Quotation(title, passages, dated)


def standing(document: DocumentSummary, context: Context, cite: Citations) -> list[Text]:
    """Return from when a rule document is in force, and whether it still is."""
    told = document.regulation
    if told is None:
        return []
    dates: list[Text] = [
        (cite.cite(one),) for one in (told.force or told.issued, told.expires) if one
    ]
    by = context.force.repealed.get(document.source)
    if by is not None and by.regulation and by.regulation.repeal:
        marks = cite.marks([by.regulation.repeal.origin])
        return [*dates, text(f"已由《{by.title}》废止", marks)]
    if document.source in context.force.expired:
        return [*dates, text("已过有效期")]
    return [*dates, text("现行有效")] if told.force else dates


def source_line(
    document: DocumentSummary,
    context: Context,
    cite: Citations,
    *,
    titled: bool,
    told: Sequence[Quoted] = (),
) -> Text:
    """Return where a list's words come from and of when; only the date where its title stands.

    A date that is among what is told is not told again.
    """
    if document.regulation:
        dates = joined(standing(document, context, cite), "，")
        return (
            dates
            if titled
            else text(f"出自《{document.title}》", "，" if dates else "", dates, "。")
        )
    as_of = document.as_of
    if as_of and any(one.origin == as_of.origin for one in told):
        as_of = None
    date = (cite.cite(as_of),) if as_of else ()
    if titled:
        return date
    return text(f"出自《{document.title}》", "，" if date else "", date, "。")


def lines_of(told: Quoted, cite: Citations) -> tuple[Text, ...]:
    """Return what is told in its own words, as a line."""
    return tuple(_requirements([told], cite)) if isinstance(told, Clause) else (_line(told, cite),)


def article_lines(told: Sequence[Quoted], cite: Citations) -> Iterator[Text]:
    """Yield the lines of an article in their order, a row of its table as one line."""
    ordered = sorted(told, key=lambda one: (one.origin.sheet, one.origin.line_start))
    for _, group in groupby(ordered, key=lambda one: (one.origin.sheet, one.origin.line_start)):
        units = list(group)
        rows = [one for one in units if isinstance(one, Clause) and one.aspect]
        yield from _requirements(rows, cite)
        for one in units:
            if isinstance(one, Clause):
                if not one.aspect:
                    yield (cite.cite(Value(one.text, one.origin)),)
            else:
                yield _line(one, cite)


def _requirements(clauses: Sequence[Clause], cite: Citations) -> Iterator[Text]:
    """Yield dimensions with their requirements; columns of one row stand together."""
    groups: dict[object, list[Clause]] = {}
    for number, clause in enumerate(clauses):
        line = (clause.dimension, clause.origin.sheet, clause.origin.line_start)
        groups.setdefault(line if clause.aspect else number, []).append(clause)
    for group in groups.values():
        dimension = cite.cite(Value(group[0].dimension, group[0].origin), strong=True)
        yield text(dimension, "：", joined([requirement(one, cite) for one in group], "；"))


def requirement(clause: Clause, cite: Citations) -> Text:
    """Return a requirement in its own words, after what tells columns of its row apart."""
    words = cite.cite(Value(clause.text, clause.origin))
    return text(cite.cite(clause.aspect), " ", words) if clause.aspect else (words,)


def _sections(
    told: Sequence[Passage | StatisticsRow], cite: Citations
) -> Iterator[tuple[Text, tuple[Text, ...]]]:
    groups: dict[tuple[str, ...], list[Passage | StatisticsRow]] = {}
    for one in told:
        groups.setdefault(one.origin.section, []).append(one)
    for section, found in groups.items():
        heading: Text = ()
        if section and len(found) > 1:
            heading = (cite.cite(Value(plain_heading(section[-1]), found[0].origin)),)
        yield heading, tuple(_line(one, cite) for one in found)


def _line(told: Passage | StatisticsRow, cite: Citations) -> Text:
    """Return a note, or a row of statistics as its label and what it says of it."""
    if isinstance(told, Passage):
        return (cite.cite(Value(told.text, told.origin)),)
    columns = columns_of((told,))
    cells = [
        text(cite.cite(header_of(told, key)), " ", cite.cite(told.values[key]))
        if len(columns) > 1
        else (cite.cite(told.values[key]),)
        for key in columns
    ]
    label = told.values.get(told.dimension) or Value(told.label, told.origin)
    return text(cite.cite(label, strong=True), "：", joined(cells, "；"))


@cache
def _authorities() -> tuple[tuple[re.Pattern[str], str], ...]:
    told = tomllib.loads((files("assistant") / "data/rulebook.toml").read_text("utf-8"))
    return tuple((regex(titles), name) for titles, name in told["authorities"])


def authority_of(context: Context, sources: Collection[str]) -> str:
    """Return who decides on what the lists of ``sources`` are about, by their titles."""
    titles = [one.title for one in context.documents if one.source in sources]
    names = {
        next(name for pattern, name in _authorities() if pattern.search(title)) for title in titles
    }
    return names.pop() if len(names) == 1 else _authorities()[-1][1]


def authority_notice(context: Context, sources: Collection[str], start: str = "") -> Notice:
    """Return whose word counts in the end."""
    authority = authority_of(context, sources)
    told = text(f"{start}申报请以{authority}的最新通知为准。")
    return Notice(NoticeKind.AUTHORITY, told)
