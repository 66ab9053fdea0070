"""Everything that the sources say of one company."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from dataclasses import replace

from assistant.answers.lookup import answer_lookup
from assistant.browsing.profile import findings_of, profile_of
from assistant.compose import Ledger, compose, remark_of
from assistant.engine import Engine
from assistant.tools.results import CompanyAnswer, CompanyDetail, FieldDetail, FieldValue
from assistant.types import Answer, Intent, Query, Remark
from index.schema.normalize import host_of, parse_website
from index.store.reader import IndexReader
from index.types import Company, Facts


def find_company(name: str, engine: Engine) -> CompanyAnswer:
    """Return the company that ``name`` means, or the candidates, or that there is none.

    Args:
        name: Full or short name, stock code, homepage, or id.
        engine: Whose companies.

    Raises:
        QuestionError: the name is empty or too long.
    """
    context = engine.context
    query = _query(name.strip(), engine)
    ledger = Ledger(engine.flags)
    answer = compose(query, answer_lookup(query, context), ledger)
    ids = [one for told in query.companies for one in told]
    detail = None
    if len(ids) == 1:
        detail = _detail(context.companies[ids[0]], engine.index, ledger)
    answer = replace(answer, question=name, citations=ledger.citations)
    told = {one.name: getattr(answer, one.name) for one in dataclass_fields(Answer)}
    return CompanyAnswer(**told, company=detail)


def _query(name: str, engine: Engine) -> Query:
    """Return a question for the profile of what ``name`` means; several names leave a choice."""
    if name in engine.context.companies:
        return Query(name, name, Intent.PROFILE, companies=((name,),))
    # Homepages are known by their host: what stands around it in a URL is no name.
    site = parse_website(name) if "://" in name else None
    read = engine.read(host_of(site) if site else name)
    # A name with words left over is another company's: 国芯科技 is not 芯科.
    whole = not (read.topic.sought or read.topic.terms)
    ids = tuple(dict.fromkeys(one for told in read.companies for one in told)) if whole else ()
    query = Query(read.text, read.folded, Intent.PROFILE, corrections=read.corrections)
    if ids:
        return replace(query, companies=(ids,))
    if read.representatives and whole:
        return replace(query, representatives=read.representatives)
    return replace(query, unknown_name=name)


def _detail(company: Company, index: IndexReader, ledger: Ledger) -> CompanyDetail:
    return CompanyDetail(
        id=company.id,
        name=company.name,
        aliases=company.aliases,
        fields=tuple(
            FieldDetail(
                told.field,
                told.label,
                tuple(
                    FieldValue(one.text, tuple(ledger.number(origin) for origin in one.origins))
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
        remarks=_remarks(company, index, ledger),
        citations=tuple(ledger.number(row.origin) for row in company.rows),
    )


def _remarks(company: Company, index: IndexReader, ledger: Ledger) -> tuple[Remark, ...]:
    return tuple(remark_of(one, ledger) for one in findings_of(company, index.findings))
