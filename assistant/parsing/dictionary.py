"""The words that the lattice knows: those of the vocabulary, and those of the store at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from assistant.parsing.known import Known
from assistant.parsing.places import PlaceReader
from assistant.parsing.spans import Category
from assistant.parsing.titles import kinds_of_companies, names_of_lists
from assistant.parsing.vocabulary import FieldWord, Meaning, Vocabulary
from assistant.query import In, Predicate
from index.places.gazetteer import load_gazetteer
from index.regex import regex
from index.schema.fields import TableKind, registry
from index.schema.markets import load_markets
from index.store.records import Records
from index.text import fold, split_list

_HEADER_UNIT = regex(r"[(（][^()（）]*[)）]")


class Dictionary:
    """Collects what words mean."""

    def __init__(
        self, records: Records, known: Known, places: PlaceReader, vocabulary: Vocabulary
    ) -> None:
        self._records = records
        self._known = known
        self._places = places
        self._vocabulary = vocabulary

    @cached_property
    def entries(self) -> Mapping[str, tuple[Meaning, ...]]:
        """Every word with its readings."""
        found: dict[str, list[Meaning]] = {}
        for word, known in self._known.meanings():
            found.setdefault(word, []).append(known)
        for word, meaning in (*self._general(), *self._of_lists()):
            found.setdefault(word, []).append(meaning)
        for word, key in self._registered():
            found.setdefault(word, []).append((Category.FIELD, FieldWord(key), "field.column"))
        for word in self._lacking_words(found):
            found.setdefault(word, []).append((Category.LACKING, word, "field.lacking"))
        return {
            word: tuple(dict.fromkeys(self._own_first(word, told))) for word, told in found.items()
        }

    def _own_first(self, word: str, told: list[Meaning]) -> list[Meaning]:
        """Return the meanings of a word; what heads a list's own column is that column."""
        if not any(one.own and fold(one.key) == word for one in self._known.fields):
            return told
        return [one for one in told if one[0] is not Category.FIELD or one[2] == "field.column"]

    def _general(self) -> Iterator[tuple[str, Meaning]]:
        """Yield words that mean the same in every store."""
        for word, meanings in self._vocabulary.words.items():
            yield from ((word, self._as_held(meaning)) for meaning in meanings)
        for surface, (category, predicate) in self._places.surfaces().items():
            if len(surface) > 1:
                yield surface, (category, predicate, "place")
        for label, market in load_markets().items():
            predicate = In("exchange", (fold(label),), label)
            yield from ((word, (Category.EXCHANGE, predicate, "exchange")) for word in market.words)

    def _as_held(self, meaning: Meaning) -> Meaning:
        """Return a meaning as the lists at hand can answer it.

        在哪 asks for the address where all companies are in one city.
        """
        if meaning[:2] == (Category.FIELD, FieldWord("product", asks=True)) and self._trades_only:
            return Category.FIELD, FieldWord("domain", asks=True), "field.domain?"
        where = meaning[0] is Category.FIELD and meaning[1] == FieldWord("city", asks=True)
        if not where or not self._known.addressed:
            return meaning
        return Category.FIELD, FieldWord("address", asks=True), "field.address?"

    @cached_property
    def _trades_only(self) -> bool:
        """Whether the lists tell trades and no products: 做什么的 asks for the trade."""
        held = {one.key for one in self._known.fields}
        return "domain" in held and "product" not in held

    def _of_lists(self) -> Iterator[tuple[str, Meaning]]:
        """Yield the columns, titles and names that only some lists have."""
        for word, (column, *others) in self._known.headers.items():
            meaning = FieldWord(column, others=tuple(others))
            yield word, (Category.FIELD, meaning, "field.column")
        for word, column in self._column_words():
            yield word, (Category.FIELD, FieldWord(column), "field.column")
        yield from self._kinds_of_lists()
        yield from self._kinds_of_companies()
        for dimension in self._dimensions():
            yield dimension, (Category.REQUIREMENT, dimension, "requirement.dimension")
        for name, predicate in self._representatives():
            company = self._known.called(name)
            if company is None:
                yield name, (Category.REPRESENTATIVE, predicate, "representative")
            else:
                yield name, (Category.COMPANY, (company,), "company")

    def _kinds_of_lists(self) -> Iterator[tuple[str, Meaning]]:
        """Yield what lists are called: of all lists it means any company, of some those lists."""
        documents = self._records.documents()
        titles = {one.source: fold(one.title) for one in documents}
        for kind in self._vocabulary.kinds:
            sources = tuple(source for source, title in titles.items() if _titled(kind, title))
            if len(sources) == len(titles):
                meaning: Meaning = (Category.NOUN, "company", "noun.title")
            elif sources:
                meaning = (Category.LIST, sources, "list.kind")
            elif headings := self._known.headed(kind):
                meaning = (Category.SECTION, In("section", headings, kind), "section.kind")
            else:
                meaning = (Category.MISSING, kind, "list.missing")
            for ending in ("", *self._vocabulary.endings):
                yield f"{kind}{ending}", meaning

    def _kinds_of_companies(self) -> Iterator[tuple[str, Meaning]]:
        """Yield what companies are called by the titles of their lists; of all lists it is any."""
        documents = self._records.documents()
        for name, sources in kinds_of_companies(documents, load_gazetteer()):
            if len(sources) == len(documents):
                yield name, (Category.NOUN, "company", "noun.kind")
            else:
                yield name, (Category.LIST, sources, "list.companies")
        for name, sources in names_of_lists(documents, load_gazetteer()):
            if len(sources) < len(documents):
                yield name, (Category.LIST, sources, "list.titled")

    def _dimensions(self) -> frozenset[str]:
        """Return what the criteria of the lists are told apart by, places aside."""
        told = frozenset(fold(one.dimension) for one in self._records.clauses())
        return frozenset(one for one in told if len(one) > 1) - self._places.surfaces().keys()

    def _representatives(self) -> Iterator[tuple[str, Predicate]]:
        """Yield the names that stand only among the representative companies of statistics."""
        for row in self._records.statistics():
            value = row.values.get("representatives")
            for name in split_list(value.text if value else ""):
                yield fold(name), In("representatives", (fold(name),), name, contains=True)

    def _column_words(self) -> Iterator[tuple[str, str]]:
        """Yield other words for the lists' own columns."""
        plain = {
            one.key: _HEADER_UNIT.sub("", fold(one.key)) for one in self._known.fields if one.own
        }
        for about, others in self._vocabulary.columns.items():
            whole = [key for key, header in plain.items() if header == about]
            for key in whole or [key for key, header in plain.items() if about in header]:
                yield from ((other, key) for other in (about, *others))

    def _registered(self) -> Iterator[tuple[str, str]]:
        """Yield words of fields that lists have and only the registry knows."""
        held = {one.key for one in self._known.fields}
        for field in registry().of(TableKind.COMPANY):
            if field.key in held and field.key not in self._vocabulary.fields:
                yield from ((word, field.key) for word in field.asked)

    def _lacking_words(self, found: Mapping[str, object]) -> Iterator[str]:
        """Yield the words for columns that no list has."""
        for about, others in self._vocabulary.columns.items():
            yield from (word for word in (about, *others) if word not in found)
        for field in registry().of(TableKind.COMPANY):
            if field.key not in self._vocabulary.fields:
                yield from (word for word in field.asked if word not in found)


def _titled(kind: str, title: str) -> bool:
    """Return whether a title is of a kind of list; 互联网企业100强 is one of 互联网百强."""
    plain, name = _bare(title).replace("百强", "100强"), _bare(kind).replace("百强", "100强")
    return name in plain or name in plain.replace("企业", "")


def _bare(text: str) -> str:
    """Return a text without quotation marks: 专精特新"小巨人" holds 专精特新小巨人."""
    return re.sub(r"[\"“”'‘’《》]", "", text)
