"""Questions about nothing that the sources tell: small talk, orders, predictions, gibberish.

No list of such subjects decides, but how near the words that nothing links are to the trades and
rules of the sources, and what the question has of the frame in which companies are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.parsing.candidates import Candidate, Witness
from assistant.parsing.forms import interrogative
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.query import Query, Reason, Unanswerable
from assistant.requirements.vocabulary import load_requirements
from index.regex import regex

NOTHING = "nothing"

_SETS = ("which", "exists", "count", "member", "here", "share", "spread", "statistics_words",
         "statistics_domains", "statistics_representatives")  # fmt: skip
_RULES = ("rules_all", "verdict", "missing", "provenance", "help")
_VALUES = (Category.COMPANY, Category.VALUE, Category.SECTION, Category.BATCH, Category.EXCHANGE,
           Category.LISTING, Category.DISTRICT, Category.LIST, Category.MEASURE, Category.LACKING,
           Category.REPRESENTATIVE)  # fmt: skip
_EMPTY = (Category.GRAMMAR, Category.JOIN, Category.EDIT, Category.NOT, Category.POINTER)
_MODAL = ("能", "会", "要不要", "该不该", "能不能", "会不会", "可以", "值得", "应该")
# What begins an order: what it is done to or with, and the making of a text.
_DOING = frozenset("把将替用")
_MAKING = frozenset("写讲编作")
# A text to be made: 写份, 讲个, 编一段.
_TEXT = regex(r"[写讲编作画唱](?:一|两|几)?[个份首篇段封句张支](?!人)")
_BEFORE_ORDER = (Category.GRAMMAR, Category.ASK, Category.EDIT)
# What is quoted is spoken of rather than asked for.
_QUOTED = regex(r"[“\"‘「][^”\"’」]*[”\"’」]")
# Words of a search phrase have more characters than this on average; those of noise fewer.
_WORDLIKE = 1.6


def of_nothing(reading: Reading) -> Iterator[Candidate]:
    """Yield that a question is about nothing that the sources tell."""
    query = Query(Unanswerable(Reason.OFF_TOPIC))
    yield Candidate(query, frozenset(reading.of(Category.WORD)), NOTHING)
    if _advised(reading) or _made(reading):
        yield Candidate(query, frozenset(range(len(reading.spans))), "advice")


def _advised(reading: Reading) -> bool:
    """Return whether a company's future or the asker's own course is asked for: 明年能涨到多少."""
    if not reading.companies or reading.asks("which") or reading.of(Category.TOPIC):
        return False
    spans = reading.spans
    verbs = [at for at in reading.of(Category.WORD) if str(spans[at].value).startswith("v")]
    verbs += reading.of(Category.LISTING)
    verbs += [at for at in reading.of(Category.WORD) if spans[at].value == "x"]
    return any(
        (at and spans[at - 1].text in _MODAL) or (spans[at].text[0] in "能会" and at > 0)
        for at in verbs
    )


def _made(reading: Reading) -> bool:
    """Return whether a text that nothing links is to be made: 讲个笑话, 写份给大疆的邮件."""
    if reading.asks(*_SETS):
        return False
    match = _TEXT.search(reading.text.folded)
    if match is None:
        return False
    spans = [one for one in reading.spans if one.end <= match.start()]
    inside = next(
        (c for c in reading.clauses if reading.spans[c.end - 1].end > match.start()), None
    )
    if inside is None:
        return False
    last = reading.spans[inside.end - 1]
    named = last.category is Category.WORD and str(last.value).startswith("n")
    return (
        named
        and last.start >= match.end()
        and all(
            one.category in _BEFORE_ORDER or len(one.text) == 1 for one in spans[inside.start :]
        )
    )


def _judged(reading: Reading) -> bool:
    """Return whether a place's own thing that nothing links is judged: 北京烤鸭哪家好吃."""
    told = [at for at in reading.asks("which") if reading.spans[at].text.startswith("哪")]
    if not told or reading.of(Category.TOPIC, Category.NOUN, Category.DOING, *_VALUES):
        return False
    after = [one for one in reading.spans[told[-1] + 1 :] if one.category is Category.WORD]
    local = any(
        one.category is Category.PLACE and two.category is Category.WORD
        for one, two in pairwise(reading.spans[: told[-1]])
    )
    return local and bool(after) and all(map(_judges, after))


def _judges(span: Span) -> bool:
    """Return whether a word says how good something is: 靠谱, 好吃, 难用."""
    return str(span.value).startswith("a") or (len(span.text) > 1 and span.text[0] in "好难")


def strangeness(reading: Reading, witness: Witness) -> dict[str, float]:
    """Return what speaks for and against a question being about something else, as features."""
    words = [reading.spans[at] for at in reading.of(Category.WORD)]
    if not words:
        content = [one for one in reading.spans if one.category not in _EMPTY]
        greeted = any(one.value == "courtesy" for one in reading.spans)
        asked = any(one.value != "yesno" for one in content)
        return {} if asked or greeted else {"strange.empty": 1.0}
    # Whether something is good says nothing of what it is.
    kept = [one for one in words if not _judges(one)] if _judged(reading) else words
    told = " ".join(one.text for one in kept)
    letters = sum(len(one.text) for one in words)
    frame = _frame(reading)
    frame["phrase"] = _phrased(reading) and letters > _WORDLIKE * len(words)
    return {
        "strange.words": 1.0,
        "strange.trades": witness.trades(told),
        "strange.rules": witness.rules(reading.text.folded),
    } | {f"strange.{name}": 1.0 for name, holds in frame.items() if holds}


def _frame(reading: Reading) -> dict[str, bool]:
    """Return which parts of a question about companies or rules are there."""
    return {
        "noun": _sought(reading),
        "sets": bool(reading.asks(*_SETS) or reading.of(Category.EACH)),
        "ruled": _ruled(reading),
        "topic": bool(reading.of(Category.TOPIC)),
        "value": bool(reading.of(*_VALUES)),
        "field": bool(reading.of(Category.FIELD)),
        "place": bool(reading.of(Category.PLACE)),
        "wanted": bool(reading.asks("wanted")),
        "ordered": _ordered(reading),
        "judged": _judged(reading),
        "dated": any(one.rule == "tag.t" for one in reading.spans),
    }


def _sought(reading: Reading) -> bool:
    """Return whether companies are named by what they are or do; 咋做 asks how."""
    manner = any(one.value == "manner" for one in reading.spans)
    doing = bool(reading.of(Category.DOING)) and not manner
    # 以小巨人为题写诗 is about them, it does not look for them.
    about = _ordered(reading) and any(reading.spans[at].text == "以" for at in range(2)
                                      if at < len(reading.spans))  # fmt: skip
    return doing or (bool(reading.of(Category.NOUN)) and not about) or _headless(reading)


def _ruled(reading: Reading) -> bool:
    """Return whether rules, a requirement or the sources themselves are asked for by name."""
    folded = _QUOTED.sub("", reading.text.folded)
    named = reading.of(Category.REQUIREMENT) or any(
        reading.spans[at].text in folded for at in reading.asks(*_RULES)
    )
    return bool(named) or any(
        word in folded for one in load_requirements().values() for word in one.ask
    )


def framed(reading: Reading) -> bool:
    """Return whether companies are asked for in so many words."""
    return bool(
        reading.of(Category.NOUN, Category.DOING, Category.EACH, Category.ORDER, Category.LIMIT)
        or reading.asks(*_SETS, "wanted")
        or _headless(reading)
    )


def _headless(reading: Reading) -> bool:
    """Return whether a condition stands for the companies that fulfil it: 在美国挂牌的都拉出来."""
    spans = reading.spans
    for leaf in reading.conditions:
        after = spans[leaf.last + 1 : leaf.last + 3]
        if after and after[0].text == "的":
            return len(after) == 1 or after[1].category is not Category.WORD
    return False


def _ordered(reading: Reading) -> bool:
    """Return whether something is to be done rather than told: 把…翻成法语, 写一首诗, 输出…."""
    if reading.asks(*_SETS) or reading.spans[-1].text == "的" or interrogative(reading):
        return False
    return any(_orders(reading.spans[one.start : one.end]) for one in reading.clauses)


def _orders(spans: Sequence[Span]) -> bool:
    """Return whether a clause begins with what is to be done."""
    for at, one in enumerate(spans):
        if one.text in _DOING:
            return True
        if one.text == "以" and spans[-1].category is Category.WORD:
            # 以……为题写诗 ends in what is to be done.
            return any(_is_made(two) for two in spans[at + 1 :])
        if one.text in _MAKING and spans[at + 1 : at + 2] and spans[at + 1].rule == "tag.m":
            return True
        if one.category not in (Category.GRAMMAR, Category.ASK):
            return one.category is Category.WORD and str(one.value).startswith("v")
    return False


def _is_made(span: Span) -> bool:
    """Return whether a word says that a text is to be made: 写诗, 作文."""
    made = span.text[0] in _MAKING and str(span.value).startswith(("v", "n"))
    return span.category is Category.WORD and made and len(span.text) > 1


def _phrased(reading: Reading) -> bool:
    """Return whether a question is a phrase that names what is sought: 理疗仪, 盯负面新闻的."""
    last = reading.spans[-1]
    first = reading.spans[0]
    ends = last.text == "的" or (
        last.category is Category.WORD and str(last.value).startswith(("n", "v", "l", "x", "eng"))
    )
    bare = not any(
        one.category is Category.ASK or (one.category is Category.FIELD and one.value.asks)
        for one in reading.spans
    )
    ordered = first.category is Category.GRAMMAR and len(reading.spans) > 1
    return ends and bare and (last.text == "的" or not ordered)
