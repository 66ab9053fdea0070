"""The lattice of a question: every reading of every stretch, and the covers that explain most.

A cover is a sequence of spans without overlaps. A span weighs the square of its length times the
factor of its category, so that one long word beats two short ones that overlap it: 多少员工 wins
over 有多少. What no span covers is cut into words by part of speech.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import ahocorasick

from assistant.parsing.batches import batch_spans
from assistant.parsing.cells import in_cells
from assistant.parsing.columns import dated_spans
from assistant.parsing.covers import PRIORITY, best_covers, covered
from assistant.parsing.dictionary import Dictionary
from assistant.parsing.ellipsis import completed
from assistant.parsing.known import Known
from assistant.parsing.numbers import read_measures
from assistant.parsing.orders import limit_spans, order_spans, ordinal_spans
from assistant.parsing.places import PlaceReader
from assistant.parsing.retracting import retracting_spans
from assistant.parsing.spans import Category, Span
from assistant.parsing.surfaces import ShortNames
from assistant.parsing.titles import in_all_lists, list_spans
from assistant.parsing.vocabulary import FieldWord, Vocabulary, unit_pattern
from assistant.predicates import conjunction
from assistant.query import In, Listed
from index.language.segment import Segmenter
from index.language.thesaurus import Thesaurus
from index.regex import regex
from index.schema.markets import load_markets
from index.store.chunks import TOPIC_FIELDS
from index.store.records import Records, Surface
from index.text import fold, is_whole_word

# Longest stretch that is looked up in the store; the longest names of companies have fewer.
_LONGEST = 30

# How much a character of each category is worth to a cover.
_FACTORS: Mapping[Category, float] = {
    Category.COMPANY: 3.0,
    Category.PLACE: 3.0,
    Category.DISTRICT: 3.0,
    Category.EXCHANGE: 3.0,
    Category.BATCH: 4.0,
    Category.MEASURE: 4.0,
    Category.LIMIT: 2.0,
    Category.LIST: 1.5,
    Category.DOCUMENT: 5.0,
    Category.EACH: 1.5,
    Category.GRAMMAR: 0.5,
    Category.JOIN: 0.5,
    Category.EDIT: 0.8,
    Category.NOUN: 1.1,
    Category.TOPIC: 1.2,
    Category.SECTION: 0.6,
}

# A whole name by the title of a list wins over the trade and the company that it begins with.
_OF_RULES: Mapping[str, float] = {
    "noun.kind": 4.0,
    "list.companies": 4.0,
    "list.titled": 4.0,
    "value.held": 4.0,
    "list.all": 4.0,
    "section.kind": 1.5,
}

# Where companies of a market are said to be listed: 在香港或美国上市 names no city.
_LISTED_AT = regex(
    r"(?P<places>(?:(?:香港|美国|纽约|境外|海外|国外|内地|境内|国内|hong kong|the us)"
    r"(?:或者|或|和|、|及|以及|与|还是)?)+)"
    r"(?:那边|这边|地区|的)?(?:股市|市场|交易所)?(?:上市|挂牌|上的市|上了市|ipo|敲钟)"
    r"|(?<=listed in )(?P<en>hong kong|the us|new york)"
)
# Until when something is counted is no year of founding: 截至2025年全国有多少家.
_AS_OF = regex(
    r"(?:截[至止]到?|(?:^|(?<=[,，。;；]))[到至])(?:(?:19|20)\d\d年?(?:底|末|初|\d{1,2}月底?)?|目前|现在|如今|今天)"
    r"(?:为止)?(?![前后])(?![^,，。]{0,3}(?:成立|创立|创办|设立))"
)
# 占一条就算, 满足一样就行, 两者居其一即可.
_ONE_IS_ENOUGH = regex(
    r"(?:满足|符合|占|有|居|中|沾|达到)(?:其中?|任意?)?[一1](?:个|条|样|项|点|头)?"
    r"(?:就|即|都|也|便)(?:行|可以?|算|够|成|好)(?:了|数)?"
)
# 占北京的多少 asks for a share, 占多少家 for a number.
_SHARE_OF = regex(
    r"占(?:了|到|全部|整个)?[^,，。?？]{1,10}?(?P<w>多少|几成|百分之几|百分之多少|多大比例)(?![家个户])"
)
# The beginning of a code: 代码688打头.
_CODES = regex(r"(?:(?:股票|证券)?代码)?(?:是|以|为)?(?P<code>\d{1,5})(?:打头|开头|起头)")
_FULFILLING = regex(
    r"(?:符合|满足|达到)(?:以上|上述|这些)?(?:条件|要求)?的(?=都?(?:给我|列|发|拉|拿|挑|报|$|[,，。]))"
)
_NOT_A_NAME = regex(r"[^\u3400-\u9fffa-z0-9]")
_LATIN = regex(r"[a-z]+(?: [a-z]+)+")
_CONTENT = regex(r"[\u3400-\u9fff]|[a-z0-9]")
_SHORT = 2
_JOINING = frozenset("和与跟同及比")
# Parts of speech of function words, by the first of jieba's letters, and of one kind by all.
_FUNCTION_TAGS = frozenset("updcyermqofkht")
_CONTENT_TAGS = frozenset({"eng"})


class Lattice:
    """Reads questions as spans.

    Args:
        records: The store, whose values, columns and headings are part of the vocabulary.
        known: What the store adds to the vocabulary.
        dictionary: The words of the vocabulary and of the store.
        places: Surfaces of places.
        thesaurus: Words of trades.
        segmenter: Cuts what nothing links.
        vocabulary: The words of questions.
        this_year: The year that "the last ten years" count from.
    """

    def __init__(
        self,
        records: Records,
        known: Known,
        dictionary: Dictionary,
        places: PlaceReader,
        thesaurus: Thesaurus,
        segmenter: Segmenter,
        vocabulary: Vocabulary,
        this_year: int,
    ) -> None:
        self._records = records
        self._known = known
        self._dictionary = dictionary
        self._places = places
        self._thesaurus = thesaurus
        self._segmenter = segmenter
        self._short = ShortNames(records, segmenter)
        self._vocabulary = vocabulary
        self._this_year = this_year

    def covers(self, folded: str) -> list[tuple[float, list[Span]]]:
        """Return the best covers of a folded text with their weights, heaviest first.

        Every cover accounts for every word: what no span reads is a span of category ``WORD``, or
        of ``GRAMMAR`` where part of speech shows it to be a function word.
        """
        best = best_covers(folded, list(self.spans(folded)))
        # An alternative reads at least as much as the best cover: dropping a name is no reading.
        least = covered(best[0][1])
        return [
            (weight, self._filled(folded, cover))
            for weight, cover in best
            if covered(cover) >= least
        ]

    def spans(self, folded: str) -> Iterator[Span]:
        """Yield every reading of every stretch, overlapping."""
        for one in self._all(folded):
            yield replace(one, weight=_weight(one)) if one.weight == 1.0 else one

    def _all(self, folded: str) -> Iterator[Span]:
        yield from self._words(folded)
        yield from self._stored(folded)
        yield from self._units(folded)
        yield from self._markets(folded)
        yield from self._known.regulations.spans(folded)
        yield from list_spans(folded, self._known.titles, self._places.surfaces())
        yield from self._places.abbreviated(folded)
        yield from self._places.romanised(folded)
        for match in _AS_OF.finditer(folded):
            span = Span(*match.span(), match.group(), Category.GRAMMAR, "words", "as_of")
            yield replace(span, weight=2 * _weight(replace(span, category=Category.MEASURE)))
        yield from dated_spans(folded, self._known.dated)
        yield from batch_spans(folded, self._known.latest_batch)
        yield from order_spans(folded)
        yield from limit_spans(folded)
        yield from retracting_spans(folded)
        yield from ordinal_spans(folded)
        yield from self._every_list(folded)
        yield from self._joints(folded)
        for measure in read_measures(folded, self._this_year):
            text = folded[measure.start : measure.end]
            rule = f"measure.{measure.unit}"
            span = Span(measure.start, measure.end, text, Category.MEASURE, measure, rule)
            yield replace(span, weight=_weight(span) / 4) if measure.bare else span
        for start, end, word in self._thesaurus.words_in(folded):
            if self._known.titled(word):
                yield Span(start, end, word, Category.NOUN, "company", "noun.title")
            else:
                yield Span(start, end, word, Category.TOPIC, word, "topic.thesaurus")

    def _every_list(self, folded: str) -> Iterator[Span]:
        """Yield where companies are said to stand in all lists at once."""
        for start, end in in_all_lists(folded, self._sources):
            text = folded[start:end]
            every = conjunction(Listed((one,), text) for one in self._sources)
            yield Span(start, end, text, Category.VALUE, every, "list.all")

    def _joints(self, folded: str) -> Iterator[Span]:
        """Yield what lets in whoever fulfils one condition or all, and what asks for a share."""
        for match in _SHARE_OF.finditer(folded):
            yield Span(*match.span("w"), match["w"], Category.ASK, "share", "ask.share",
                       2.0 * len(match["w"]) ** 2)  # fmt: skip
        for match in _ONE_IS_ENOUGH.finditer(folded):
            yield Span(*match.span(), match.group(), Category.JOIN, "tail", "join.tail")
        for match in _FULFILLING.finditer(folded):
            yield Span(*match.span(), match.group(), Category.NOUN, "company", "noun.fulfilling")
        for match in _CODES.finditer(folded):
            predicate = In("code", self._known.codes(match["code"]), match.group())
            yield Span(*match.span(), match.group(), Category.VALUE, predicate, "value.codes")

    def _words(self, folded: str) -> Iterator[Span]:
        """Yield the words of the vocabulary and the places of the gazetteer."""
        for last, (surface, meanings) in self._automaton.iter(folded):
            start, end = last + 1 - len(surface), last + 1
            if is_whole_word(folded, start, end) and not _ends_a_word(folded, start):
                for category, value, rule in meanings:
                    yield Span(start, end, surface, category, value, rule)

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for word, told in self._dictionary.entries.items():
            automaton.add_word(word, (word, told))
        automaton.make_automaton()
        return automaton

    @cached_property
    def _sources(self) -> tuple[str, ...]:
        return tuple(one.source for one in self._records.documents())

    def _stored(self, folded: str) -> Iterator[Span]:
        """Yield what the store knows of every stretch of the text."""
        stretches = {
            folded[start:end]
            for start in range(len(folded))
            for end in range(start + 2, min(len(folded), start + _LONGEST) + 1)
            if _CONTENT.match(folded[start]) and _CONTENT.match(folded[end - 1])
        }
        joined = {one.replace(" ", ""): one for one in stretches if _LATIN.fullmatch(one)}
        known = dict(self._records.surfaces(stretches | joined.keys()))
        # aac technologies is what the address aactechnologies.com says.
        known |= {
            one: tuple(two for two in known[name] if two.kind == "host")
            for name, one in joined.items()
            if name in known and one not in known
        }
        for surface, meanings in known.items():
            start = folded.find(surface)
            while start >= 0:
                end = start + len(surface)
                dated = folded[end : end + 1] == "年" and surface.isdigit()
                if is_whole_word(folded, start, end) and not dated:
                    yield from self._told(start, surface, meanings)
                start = folded.find(surface, start + 1)

    def _told(self, start: int, surface: str, meanings: Iterable[Surface]) -> Iterator[Span]:
        """Yield what a stretch of the store means; a place is never the short name of a company."""
        general = surface in self._places.surfaces()
        for one in _surface_spans(start, surface, meanings, len(self._sources)):
            if one.category is Category.COMPANY and general:
                continue
            # What heads a column is that column, though a list be called by it.
            if one.category is Category.LIST and surface in self._known.headers:
                continue
            if one.category is Category.COMPANY and self._thesaurus.knows(surface):
                yield replace(one, weight=_weight(one) / 4)
            elif one.category is Category.DISTRICT:
                predicate = self._known.district(str(one.value.values[0]), surface)
                yield replace(one, value=predicate)
            else:
                yield one

    def _units(self, folded: str) -> Iterator[Span]:
        """Yield 哪个城市 and 各批次: a field asked for, or taken apart by."""
        units = self._vocabulary.units
        for match in unit_pattern().finditer(folded):
            told = match.groupdict()
            if told["unit"]:
                word = FieldWord(units[told["unit"]], asks=True, unit=True)
                yield Span(*match.span(), match.group(), Category.FIELD, word, "field.which")
            elif told["dropped"]:
                word = FieldWord(units[told["dropped"]])
                yield Span(*match.span(), match.group(), Category.FIELD, word, "field.dropped")
            elif told["lists"]:
                yield Span(*match.span(), match.group(), Category.EACH, "list", "each.lists")
            elif told["together"]:
                yield Span(*match.span(), match.group(), Category.GRAMMAR, "words", "together")
            elif told["everywhere"]:
                yield Span(*match.span(), match.group(), Category.EACH, "city", "each.everywhere")
            elif told["where"]:
                word = FieldWord("city", asks=True, unit=True)
                yield Span(*match.span(), match.group(), Category.FIELD, word, "field.where")
            else:
                unit = told["group"] or told["spread"] or told["several"]
                yield Span(*match.span(), match.group(), Category.EACH, units[unit], "each")

    def _markets(self, folded: str) -> Iterator[Span]:
        """Yield the places where companies are listed."""
        for match in _LISTED_AT.finditer(folded):
            for label, market in load_markets().items():
                for place in market.places:
                    at = folded.find(place, match.start(), match.end())
                    if at >= 0:
                        predicate = In("exchange", (fold(label),), label)
                        end = (
                            match.end()
                            if match["places"] and match["places"] == place
                            else at + len(place)
                        )
                        span = Span(
                            at, end, folded[at:end], Category.EXCHANGE, predicate, "exchange.at"
                        )
                        yield replace(span, weight=2 * _weight(span))

    def _filled(self, folded: str, cover: Sequence[Span]) -> list[Span]:
        """Return a cover with spans for everything between."""
        found: list[Span] = []
        at = 0
        for span in cover:
            found.extend(self._loose(folded, at, span.start))
            found.append(span)
            at = span.end
        found.extend(self._loose(folded, at, len(folded)))
        told = completed(folded, list(_unbroken(found)), self._trades)
        return in_cells(told, self._known.columns_with)

    def _trades(self, names: Collection[str]) -> Collection[str]:
        """Return which of some stretches the thesaurus or a column of trades knows."""
        told = self._records.surfaces(set(names))
        return [
            one
            for one in dict.fromkeys(names)
            if self._thesaurus.knows(one)
            or any(two.kind == "value" and two.field in TOPIC_FIELDS for two in told.get(one, ()))
        ]

    def _loose(self, folded: str, start: int, end: int) -> Iterator[Span]:
        """Yield the words of a stretch that nothing links."""
        stretch = folded[start:end]
        if not _CONTENT.search(stretch):
            return
        position = 0
        words = self._cut(stretch)
        if stretch[0] in _JOINING and self._short.of(
            _NOT_A_NAME.split(stretch[1:])[0].split("的")[0]
        ):
            # 海信和歌尔的: the general dictionary has 和歌.
            yield from self._word(start, stretch[0], "c")
            yield from self._loose(folded, start + 1, end)
            return
        for number, (word, tag) in enumerate(words):
            at = stretch.find(word, position)
            if at < position:
                # A part of a name that was read as a whole.
                continue
            position = at + len(word)
            if name := self._name(start + at, stretch[at:], words[number:]):
                position = at + len(name.text)
                yield name
            elif _CONTENT.search(word):
                yield from self._word(start + at, word, tag)

    def _name(self, at: int, rest: str, words: Sequence[tuple[str, str]]) -> Span | None:
        """Return the name cut short that a stretch is, or its first word before a function word."""
        before = "".join(one for one, _ in itertools.takewhile(_is_content, words))
        for text in dict.fromkeys((before, _NOT_A_NAME.split(rest)[0])):
            if rest.startswith(text) and (ids := self._short.of(text)):
                return Span(at, at + len(text), text, Category.COMPANY, ids, "company.short")
        return None

    def _cut(self, stretch: str) -> list[tuple[str, str]]:
        """Return the words of a stretch with part of speech; single words need no tagger."""
        bare = stretch.strip(" ,，。?？!！、；;：:“”\"'（）()…~～·")
        if len(bare) == 1:
            return [(bare, "x")]
        return [two for one in self._segmenter.tagged(stretch) for two in self._apart(*one)]

    def _apart(self, word: str, tag: str) -> Iterator[tuple[str, str]]:
        """Yield a word, a verb of trade apart from what is no word with it: 做|换电."""
        verbs = self._vocabulary.single.get(word[:1], ())
        doing = any(category is Category.DOING for category, _, _ in verbs)
        if len(word) > 1 and doing and not self._segmenter.is_word(word):
            yield word[0], "v"
            word = word[1:]
        yield word, tag

    def _word(self, at: int, word: str, tag: str) -> Iterator[Span]:
        meanings = self._vocabulary.single.get(word) or self._vocabulary.words.get(word)
        if meanings:
            category, value, rule = min(meanings, key=lambda one: PRIORITY.index(one[0]))
            yield Span(at, at + len(word), word, category, value, rule)
        elif len(word) > 1 and self._known.titled(word):
            yield Span(at, at + len(word), word, Category.NOUN, "company", "noun.title")
        elif len(word) > 1 and tag[:1] == "n" and (headings := self._known.heading_of(word)):
            value = In("section", headings, word)
            yield Span(at, at + len(word), word, Category.SECTION, value, "section.word")
        elif (tag[:1] in _FUNCTION_TAGS and tag not in _CONTENT_TAGS) or (
            len(word) == 1 and not _CONTENT.match(word)
        ):
            yield Span(at, at + len(word), word, Category.GRAMMAR, tag, f"tag.{tag}")
        else:
            yield Span(at, at + len(word), word, Category.WORD, tag, "word")


def _unbroken(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield a cover in which no heading is the end of a name that nothing knows: 中芯国际."""
    kept: list[Span] = []
    for one in spans:
        if one.category is Category.SECTION and len(one.text) == _SHORT and _beside(kept, one):
            text = one.text
            while kept and kept[-1].end == one.start and len(kept[-1].text) == 1:
                before = kept.pop()
                text = before.text + text
                one = replace(one, start=before.start)
            one = replace(one, text=text, category=Category.WORD, value="nz", rule="word")
        kept.append(one)
    yield from kept


def _beside(kept: Sequence[Span], one: Span) -> bool:
    """Return whether a single character of content stands right before a span."""
    last = kept[-1] if kept else None
    return last is not None and (
        last.category is Category.WORD and len(last.text) == 1 and last.end == one.start
    )


def _ends_a_word(folded: str, start: int) -> bool:
    """Return whether 别 is the end of a noun rather than 不要: 芯片类别给我拿掉."""
    return folded[start] == "别" and start > 0 and folded[start - 1] in "类级性"


def _is_content(word: tuple[str, str]) -> bool:
    text, tag = word
    return bool(_CONTENT.search(text)) and (tag[:1] not in _FUNCTION_TAGS or tag in _CONTENT_TAGS)


def _surface_spans(
    start: int, surface: str, meanings: Iterable[Surface], sources: int
) -> Iterator[Span]:
    """Yield the readings of a stretch that the store knows; all companies of a name are one."""
    end = start + len(surface)
    companies = tuple(
        dict.fromkeys(m.value for m in meanings if m.kind in ("company", "code", "host"))
    )
    if companies:
        kinds = {m.kind for m in meanings}
        rule = "company" if "company" in kinds else f"company.{min(kinds - {'value'})}"
        yield Span(start, end, surface, Category.COMPANY, companies, rule)
    lists = tuple(m.value for m in meanings if m.kind == "list")
    if lists and len(lists) < sources:
        yield Span(start, end, surface, Category.LIST, lists, "list")
    elif lists:
        yield Span(start, end, surface, Category.NOUN, "company", "noun.title")
    for one in meanings:
        if one.kind == "value" and one.field in TOPIC_FIELDS:
            yield Span(start, end, surface, Category.TOPIC, surface, "topic.value")
        elif one.kind == "value":
            value = In(one.field, (one.value,), surface)
            yield Span(start, end, surface, Category.VALUE, value, "value")
        elif one.kind == "section":
            value = In("section", (one.value,), surface)
            yield Span(start, end, surface, Category.SECTION, value, "section")
        elif one.kind == "district":
            value = In("district", (one.value,), surface)
            yield Span(start, end, surface, Category.DISTRICT, value, "district")
        elif one.kind == "column":
            yield Span(start, end, surface, Category.FIELD, FieldWord(one.value), "field.column")


def _weight(span: Span) -> float:
    factor = _OF_RULES.get(span.rule) or _FACTORS.get(span.category, 1.0)
    return float((span.end - span.start) ** 2) * factor
