"""Everything that the sources say of one company."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from dataclasses import replace

from assistant.answers.answer import Answer, Citation
from assistant.answers.citations import Citations
from assistant.browsing.profile import findings_about, findings_of, profile_of
from assistant.engine import Engine
from assistant.errors import QuestionError
from assistant.predicates import atoms
from assistant.query import In, Lookup, Named, Query, Reason, Unanswerable
from assistant.tools.results import CompanyAnswer, CompanyDetail, FieldDetail, FieldValue
from index.schema.values import host_of, parse_website
from index.store.records import Records
from index.text import fold
from index.types import Company, Facts, Origin

# What names a company, of all that the records know by name.
_NAMING = frozenset({"company", "code", "host"})


def find_company(name: str, engine: Engine) -> CompanyAnswer:
    """Return the company that ``name`` means, or the candidates, or that there is none.

    Args:
        name: Full or short name, stock code, homepage, or id.
        engine: Whose companies.

    Raises:
        QuestionError: the name is empty or too long.
    """
    records = engine.index.records
    query = _query(name.strip(), engine)
    answer = engine.tell(query, name).answer
    cite = citing(answer.citations, records)
    named = query.where.ids if isinstance(query.where, Named) else ()
    found = records.by_key(named) if len(named) == 1 else ()
    detail = _detail(found[0], records, cite) if found else None
    answer = replace(answer, citations=cite.citations)
    told = {one.name: getattr(answer, one.name) for one in dataclass_fields(Answer)}
    return CompanyAnswer(**told, company=detail)


def _query(name: str, engine: Engine) -> Query:
    """Return a question for the profile of what ``name`` means; several names leave a choice."""
    if not name:
        raise QuestionError("企业名是空的，请写出要查的企业")
    records = engine.index.records
    if records.numbers((name,)):
        return Query(Lookup(), Named((name,)))
    # Homepages are known by their host: what stands around it in a URL is no name.
    site = parse_website(name) if "://" in name else None
    word = fold(host_of(site) if site else name)
    called = (one for one in records.surfaces((word,)).get(word, ()) if one.kind in _NAMING)
    ids = tuple(dict.fromkeys(one.value for one in called))
    if not ids:
        return _read(name, engine)
    if len(ids) > 1:
        return Query(Unanswerable(Reason.AMBIGUOUS, (name,), ids), Named(ids, name))
    return Query(Lookup(), Named(ids, name))


def _read(name: str, engine: Engine) -> Query:
    """Return what is read as a question: a name may be misspelt, or stand in the statistics only.

    A name with words left over is another company's: 国芯科技 is not 芯科.
    """
    query = engine.read(name).best
    parts = tuple(atoms(query.where))
    alone = bool(parts) and all(isinstance(one, Named) or _represents(one) for one in parts)
    if alone and not query.unread:
        return query
    return Query(Unanswerable(Reason.UNKNOWN_NAME, (name,)))


def _represents(part: object) -> bool:
    return isinstance(part, In) and part.field == "representatives"


def citing(cited: tuple[Citation, ...], records: Records) -> Citations:
    """Return what numbers further lines after those that are cited already."""
    cite = Citations(records)
    for one in cited:
        section = (one.section,) if one.section else ()
        lines = one.line_start, one.line_end
        cite.number(Origin(one.source, section, *lines, one.quote, one.sheet))
    return cite


def _detail(company: Company, records: Records, cite: Citations) -> CompanyDetail:
    found = findings_of(company, findings_about([company], records))
    return CompanyDetail(
        id=company.id,
        name=company.name,
        aliases=company.aliases,
        fields=tuple(
            FieldDetail(
                told.field,
                told.label,
                tuple(
                    FieldValue(one.text, tuple(cite.number(origin) for origin in one.origins))
                    for one in told.values
                ),
            )
            for told in profile_of(company)
        ),
        facts={
            one.name: company.facts(one.name)  # type: ignore[misc]
            for one in dataclass_fields(Facts)
            if company.facts(one.name)
        },
        remarks=tuple(map(cite.remark, found)),
        citations=tuple(cite.number(row.origin) for row in company.rows),
    )
