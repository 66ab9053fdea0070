"""Questions about rule documents themselves, and about one article of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.parsing.candidates import Candidate
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.query import Query, Reason, Regulations, Relation, Unanswerable
from assistant.requirements.vocabulary import requirements_asked
from index.regex import regex

_ARTICLE = regex(r"第[一二三四五六七八九十百零〇\d]+[条章]")
_GENRE = regex(r"办法|细则|规定|文件|通知|政策|标准|版本?")
_DIFFERS = regex(
    r"区别|差别|差异|不同|不一样|变化|变了|改了|改动|修订|修改|调整|对比|比较|相比|变严|变松|放宽|收紧|提高了|降低了"
)
_FORCE = regex(
    r"(?:执行|适用|实行|施行|按|照|用)(?:的)?(?:是|着)?(?:哪|什么)|以哪|(?:哪|什么)[^,，。]{0,8}(?:为准|有效|现行)"
    r"|(?:还|仍|现在|是否|是不是|有没有)[^,，。期]{0,4}(?:有效(?!期)|执行|施行|能用|管用|算数|作数|在用)"
    r"|废止|作废|失效|过期"
)
_IDENTITY = regex(
    r"^(?:是|叫)?(?:个)?(?:什么|啥)(?:文件|东西|办法|通知)?$|文号|编号"
    r"|(?:谁|哪个?(?:部门|单位|机构|部委|里|儿)?|什么部门)[^,，。]{0,4}(?:发布|发|印发|出台|制定|出|解释)"
    r"|(?:发布|印发|出台|制定|解释)[^,，。]{0,4}(?:是谁|部门|单位|机构|哪)"
    r"|(?:什么时候|何时|哪年|哪天|几月|几号|从什么时候|多会儿)[^,，。]{0,6}(?:发布|印发|出台|施行|实施|生效|执行|起效)"
    r"|(?:发布|印发|出台|施行|实施|生效|执行)[^,，。]{0,4}(?:时间|日期|什么时候|哪天)"
)
_MANNERS = regex(r"[\s,，。?？!！、]|请问|麻烦|呢|啊|吗|到底|一下|那|按")
_FEWEST = 2


def documents_of(reading: Reading) -> tuple[str, ...]:
    """Return the sources of the documents that a question names, newest first."""
    named = (one for at in reading.of(Category.DOCUMENT) for one in reading.spans[at].value.sources)
    return tuple(dict.fromkeys(named))


def article_of(reading: Reading) -> str:
    """Return the article or chapter that a question names: 第5条."""
    match = _ARTICLE.search(reading.text.folded) if reading.articled else None
    return match.group() if match else ""


def without_documents(reading: Reading) -> str:
    """Return a question without the names of documents: they are not what it asks about."""
    named = reading.of(Category.DOCUMENT)
    if not named:
        return reading.text.written
    folded, end, kept = reading.text.folded, 0, []
    for at in named:
        span = reading.spans[at]
        kept.append(folded[end : span.start])
        end = span.end
    return " ".join((*kept, folded[end:]))


def asked_of(reading: Reading) -> str:
    """Return what a question asks besides naming documents, without particles: 旧办法呢 nothing."""
    return _MANNERS.sub("", without_documents(reading))


def of_documents(reading: Reading, made: Collection[str]) -> Iterator[Candidate]:
    """Yield what is asked of rule documents as such; first that one is not among the sources."""
    everything = frozenset(range(len(reading.spans)))
    named = [reading.spans[at] for at in reading.of(Category.DOCUMENT)]
    if unknown := tuple(one.text for one in named if not one.value.sources):
        query = Query(Unanswerable(Reason.LACKING_DOCUMENT, unknown), relation=Relation.PASSAGES)
        yield Candidate(query, everything, "document.unknown")
        return
    text, sources = reading.text.folded, documents_of(reading)
    if not (sources or (reading.articled and _GENRE.search(text))):
        return
    aspect = _aspect(reading, text, paired=len(sources) >= _FEWEST)
    if aspect:
        keys = tuple(key for key in requirements_asked(text) if key in made)
        query = Query(Regulations(aspect, sources, keys), relation=Relation.PASSAGES)
        yield Candidate(query, everything, f"document.{aspect}")


def _aspect(reading: Reading, text: str, *, paired: bool) -> str:
    if _DIFFERS.search(text) and (paired or reading.of(Category.DOCUMENT)):
        return "differences"
    if _FORCE.search(text):
        return "identity" if reading.of(Category.DOCUMENT) else "force"
    rest = asked_of(reading)
    named = reading.of(Category.DOCUMENT)
    return "identity" if named and (not rest or _IDENTITY.search(rest)) else ""
