"""The engine as something other programs can call: five tools, one method each.

The page's server offers them as endpoints, the MCP server as tools. Parameters are plain JSON
values, described beside each for both to show. Results are frozen dataclasses; their ``to_dict()``
is JSON in the forms of an Answer: every fact carries numbers into ``citations``.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import cleandoc
from typing import Annotated, Any

from pydantic import Field

from assistant.dialogue import Reply
from assistant.engine import Engine
from assistant.tools.company import find_company
from assistant.tools.criteria import Bounds, Criteria, Range
from assistant.tools.eligibility import judge
from assistant.tools.listing import list_companies
from assistant.tools.results import CompanyAnswer, EligibilityAnswer, Found, Listed
from assistant.tools.search import search
from assistant.types import Answer

# Turns of a conversation that are taken into account.
_TURNS = 20

_MOST = 200

Limit = Annotated[int, Field(ge=1, le=_MOST, description=f"How many records at most, 1 to {_MOST}")]
Names = str | list[str] | None
Share = Annotated[float | None, Field(ge=0, le=100)]
Count = Annotated[float | None, Field(ge=0)]


class Tools:
    """The five tools.

    Args:
        engine: Returns the engine to ask; called for every use, so that it may be replaced.
    """

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """Return the tools under the names that programs call them by."""
        return {
            "ask": self.ask,
            "search": self.search,
            "company": self.company,
            "list": self.list_companies,
            "check_eligibility": self.check_eligibility,
        }

    def ask(
        self,
        question: Annotated[str, Field(description="The question, as a person would ask it")],
        history: Annotated[
            list[str] | None,
            Field(
                description="Earlier questions of the same conversation, oldest first, so that "
                "它, 第二家 or 其中 are understood"
            ),
        ] = None,
    ) -> Answer:
        """Answer a question in Chinese about the companies, statistics and rules of the lists.

        `answer` is Markdown with marks [n] that point to `citations`. `records` are ALL companies
        that satisfy the question; `related` are only near it. `status` is answered, no_match
        (understood, but the sources hold nothing that fits), out_of_scope, or clarify (ambiguous:
        the answer asks back and `records` are the choices).

        Raises:
            QuestionError: the question is empty or too long.
            StoreError: the index cannot be opened.
        """
        engine = self._engine()
        reply: Reply | None = None
        for earlier in (history or [])[-_TURNS:]:
            reply = engine.reply(earlier, reply)
        return engine.reply(question, reply).answer

    def search(
        self,
        text: Annotated[
            str, Field(description="What the companies do, in any words; places and the like count")
        ],
        limit: Limit = 10,
    ) -> Found:
        """Find companies by what they do: by the words of their rows, else by meaning.

        `records` satisfy the text, best first, `total` of them; `related` are only near it. If
        `by_meaning` is true no row uses these words, so say that the match is a likeness.
        `status` is answered or no_match.

        Raises:
            QuestionError: the text is empty or too long.
            StoreError: the index cannot be opened.
        """
        return search(text, limit, self._engine())

    def company(
        self,
        name: Annotated[
            str, Field(description="Full or short name, stock code, homepage, or a record's `id`")
        ],
    ) -> CompanyAnswer:
        """Return everything that the sources say of one company, each value with its citations.

        `company` holds all fields, typed `facts` and `remarks` (what looks wrong in its rows);
        `citations` quote all its source lines. With status clarify the name means several
        companies: `records` are the candidates, call again with one's `id`. With status no_match
        the lists have no such company.

        Raises:
            QuestionError: the name is empty or too long.
            StoreError: the index cannot be opened.
        """
        return find_company(name, self._engine())

    def list_companies(
        self,
        city: Annotated[Names, Field(description="Cities, such as 苏州")] = None,
        province: Annotated[Names, Field(description="Provinces, such as 江苏")] = None,
        region: Annotated[Names, Field(description="Regions, such as 长三角 or 西南")] = None,
        district: Annotated[Names, Field(description="Districts, such as 海淀区")] = None,
        domain: Annotated[Names, Field(description="Text of the field 细分领域")] = None,
        topic: Annotated[
            str | None, Field(description="What they do, in any words; wider than `domain`")
        ] = None,
        batch: Annotated[
            int | str | list[int | str] | None, Field(description="Batches, as 3 or 第三批")
        ] = None,
        list_name: Annotated[
            Names, Field(description="Lists by title or file name; of several, in all of them")
        ] = None,
        exchange: Annotated[Names, Field(description="Exchanges or boards, such as 科创板")] = None,
        listed: Annotated[bool | None, Field(description="Whether shares are traded")] = None,
        founded_from: Annotated[
            int | None, Field(description="Founded in this year or later")
        ] = None,
        founded_to: Annotated[
            int | None, Field(description="Founded in this year or before")
        ] = None,
        headcount_min: Annotated[
            int | None, Field(description="At least so many employees")
        ] = None,
        headcount_max: Annotated[int | None, Field(description="At most so many employees")] = None,
        columns: Annotated[
            dict[str, str | list[str] | Bounds] | None,
            Field(
                description="Any other column by its name: a text that the cell holds, or bounds "
                'of its number in the column\'s unit, as {"估值（亿美元）": {"min": 100}}'
            ),
        ] = None,
        sort: Annotated[
            str | None,
            Field(
                description="founded, headcount, batch, or a column with numbers; with - before "
                "it the largest comes first"
            ),
        ] = None,
        limit: Limit = 50,
        offset: Annotated[int, Field(ge=0, description="How many records to leave out")] = 0,
    ) -> Listed:
        """List companies by exact filters; all filters must hold, values of one are alternatives.

        Places of every kind are alternatives too. `total` counts all that fulfil the filters, page
        through them with `limit` and `offset`. `unknown` are companies of which the sources do not
        say enough to judge: neither in nor out. Without filters it lists everything.

        Raises:
            CriteriaError: a filter has a value that nothing is called; the message says what is.
            QuestionError: the topic is too long.
            StoreError: the index cannot be opened.
        """
        criteria = Criteria(
            city=_several(city),
            province=_several(province),
            region=_several(region),
            district=_several(district),
            domain=_several(domain),
            batch=_several(batch),
            lists=_several(list_name),
            exchange=_several(exchange),
            listed=listed,
            founded=Range(founded_from, founded_to),
            headcount=Range(headcount_min, headcount_max),
            columns={
                name: Range(wanted.min, wanted.max)
                if isinstance(wanted, Bounds)
                else _several(wanted)
                for name, wanted in (columns or {}).items()
            },
        )
        return list_companies(criteria, topic or "", sort or "", (offset, limit), self._engine())

    def check_eligibility(
        self,
        years: Annotated[Count, Field(description="Years in the niche market")] = None,
        rd_ratio: Annotated[
            Share, Field(description="R&D spending in percent of revenue: 5 means 5 %")
        ] = None,
        patents: Annotated[Count, Field(description="Number of invention patents")] = None,
        main_business_share: Annotated[
            Share, Field(description="Revenue of the main business in percent of all revenue")
        ] = None,
        market_rank_national: Annotated[
            Share, Field(description="Market share rank in the country: 10 means 全国前10%")
        ] = None,
        market_rank_provincial: Annotated[
            Share, Field(description="Market share rank in the province: 5 means 省内前5%")
        ] = None,
        own_ip: Annotated[
            bool | None, Field(description="Whether the core technology is the applicant's own")
        ] = None,
        standards: Annotated[
            bool | None, Field(description="Whether the applicant helped to make standards")
        ] = None,
    ) -> EligibilityAnswer:
        """Compare an applicant's own figures with the criteria that the sources state.

        Give what is known. `verdicts` has one entry per requirement: met, not_met or not_stated,
        with the threshold and its citation. Without any figure it returns the criteria. It promises
        nothing beyond the criteria written in the sources.

        Raises:
            StoreError: the index cannot be opened.
        """
        told = {
            "years": years,
            "research": rd_ratio,
            "patents": patents,
            "revenue": main_business_share,
            "share_national": market_rank_national,
            "share_provincial": market_rank_provincial,
            "property": own_ip,
            "standards": standards,
        }
        figures = {key: float(value) for key, value in told.items() if value is not None}
        return judge(figures, self._engine())


def description_of(tool: Callable[..., Any]) -> str:
    """Return what a tool does, for whoever chooses among tools: its docstring without errors."""
    return cleandoc(tool.__doc__ or "").partition("\n\nRaises:")[0]


def _several(value: Any) -> tuple[Any, ...]:
    """Return one value, a list of values or none as a tuple."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)
