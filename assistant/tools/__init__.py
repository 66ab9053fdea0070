"""The engine as something other programs can call: five tools, one method each.

The page's server offers them as endpoints, the MCP server as tools. Parameters are plain JSON
values, described beside each for both to show. Results are frozen dataclasses; their ``to_dict()``
is JSON in the forms of an Answer: every fact carries numbers into ``citations``.
"""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from assistant.answers.answer import Answer

# Annotations are evaluated here, not kept as text: schemas are made from them.
from assistant.engine import Engine
from assistant.tools.asking import answer_question, start_of
from assistant.tools.company import find_company
from assistant.tools.criteria import Criteria, Range
from assistant.tools.eligibility import judge
from assistant.tools.listing import list_companies
from assistant.tools.parameters import (
    Batches,
    Bounds,
    Columns,
    Count,
    Figures,
    Limit,
    Names,
    Share,
    Text,
    Turns,
    Whole,
    several,
)
from assistant.tools.results import CompanyAnswer, EligibilityAnswer, Found, Listed
from assistant.tools.search import search
from assistant.tools.tool import Tool

__all__ = ["Tool", "Tools", "declarations"]


def declarations() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas of every tool: of its arguments and of its answer."""

    def no_engine() -> Engine:
        raise RuntimeError("schemas need no index")

    return {
        tool.name: {"arguments": tool.input_schema, "answer": tool.output_schema}
        for tool in Tools(no_engine).all()
    }


class Tools:
    """The five tools.

    Args:
        engine: Returns the engine to ask; called for every use, so that it may be replaced.
    """

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine

    def all(self) -> tuple[Tool, ...]:
        """Return the tools, each under the name that programs call it by."""
        return (
            Tool("ask", self.ask),
            Tool("search", self.search),
            Tool("company", self.company),
            Tool("list", self.list_companies),
            Tool("check_eligibility", self.check_eligibility),
        )

    def ask(
        self,
        question: Annotated[
            str, Field(description="问题，像平时说话一样：a question, as a person would ask it")
        ],
        history: Annotated[
            Turns | None,
            Field(
                description="同一段对话里之前的问题，从早到晚：earlier questions of the same "
                "conversation, oldest first, so that 它, 第二家 or 其中 are understood"
            ),
        ] = None,
        limit: Annotated[
            Whole | None,
            Field(
                description="最多几家，不给则最多 1000 家：how many records at most; the first "
                "1000 if not given"
            ),
        ] = None,
        cursor: Annotated[
            Text | None,
            Field(
                description="上一个回答的 cursor，取后面的企业：the `cursor` of an answer to the "
                "same question, for the records after those it holds"
            ),
        ] = None,
    ) -> Answer:
        """Answer a question in Chinese about the companies, statistics and rules of the lists.

        `answer` is Markdown with marks [n] that point to `citations`; it says how many companies
        there are. `records` are ALL companies that satisfy the question, `total` of them; where
        there are more than `records` holds, `cursor` leads to the next ones; `related` are only
        near it. `status` is answered, no_match (understood, but the sources hold nothing that
        fits), out_of_scope, or clarify (ambiguous: the answer asks back and `records` are the
        choices).

        Raises:
            QuestionError: the question is empty or too long.
            StoreError: the index cannot be opened.
        """
        return answer_question(question, history or [], limit, cursor, self._engine())

    def search(
        self,
        text: Annotated[
            Text,
            Field(
                description="企业做什么，任何说法，可带地区等条件：what the companies do, in any "
                "words; places, batches and the like count too"
            ),
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
            Text,
            Field(
                description="全称、简称、股票代码、主页或 id：full or short name, stock code, "
                "homepage, or the `id` of a record"
            ),
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
        city: Annotated[Names | None, Field(description="城市 cities: 苏州")] = None,
        province: Annotated[Names | None, Field(description="省份 provinces: 江苏")] = None,
        region: Annotated[Names | None, Field(description="区域 regions: 长三角, 西南")] = None,
        district: Annotated[Names | None, Field(description="区县 districts: 海淀区")] = None,
        domain: Annotated[
            Names | None, Field(description="细分领域里的文字 text of the field 细分领域: 激光雷达")
        ] = None,
        topic: Annotated[
            Text | None,
            Field(description="做什么，任何说法 what they do, in any words; wider than `domain`"),
        ] = None,
        batch: Annotated[Batches | None, Field(description="批次 batches: 3 or 第三批")] = None,
        list_name: Annotated[
            Names | None,
            Field(description="清单 lists by title or file name; of several, in all of them"),
        ] = None,
        exchange: Annotated[
            Names | None, Field(description="上市地 exchanges or boards: 科创板, 港交所")
        ] = None,
        listed: Annotated[bool | None, Field(description="是否上市 shares are traded")] = None,
        founded_from: Annotated[
            Whole | None, Field(description="成立年份不早于 founded in this year or later")
        ] = None,
        founded_to: Annotated[
            Whole | None, Field(description="成立年份不晚于 founded in this year or before")
        ] = None,
        headcount_min: Annotated[
            Whole | None, Field(description="人数不少于 at least so many employees")
        ] = None,
        headcount_max: Annotated[
            Whole | None, Field(description="人数不多于 at most so many employees")
        ] = None,
        columns: Annotated[
            Columns | None,
            Field(
                description="其他列 any other column by its name: a text that the cell holds, or "
                'bounds of its number in the column\'s unit: {"估值（亿美元）": {"min": 100}}'
            ),
        ] = None,
        sort: Annotated[
            Text | None,
            Field(
                description="排序 founded, headcount, batch, or a column with numbers; with - "
                "before it the largest comes first"
            ),
        ] = None,
        limit: Limit = 50,
        offset: Annotated[Whole, Field(description="跳过几家 records to leave out")] = 0,
        cursor: Annotated[
            Text | None, Field(description="上一页的 cursor：that of the page before")
        ] = None,
    ) -> Listed:
        """List companies by exact filters; all filters must hold, values of one are alternatives.

        Places of every kind are alternatives too. `total` counts all that fulfil the filters, page
        through them with `limit` and `cursor`. `unknown` are companies of which the sources do not
        say enough to judge: neither in nor out. Without filters it lists everything.

        Raises:
            CriteriaError: a filter has a value that nothing is called; the message says what is.
            QuestionError: the topic is too long.
            StoreError: the index cannot be opened.
        """
        criteria = Criteria(
            city=several(city),
            province=several(province),
            region=several(region),
            district=several(district),
            domain=several(domain),
            batch=several(batch),
            lists=several(list_name),
            exchange=several(exchange),
            listed=listed,
            founded=Range(founded_from, founded_to),
            headcount=Range(headcount_min, headcount_max),
            columns={
                name: Range(wanted.min, wanted.max)
                if isinstance(wanted, Bounds)
                else several(wanted)
                for name, wanted in (columns or {}).items()
            },
        )
        start = offset if cursor is None else start_of(cursor)
        return list_companies(criteria, topic or "", sort or "", (start, limit), self._engine())

    def check_eligibility(
        self,
        years: Annotated[
            Count | None, Field(description="从事细分市场几年 years in the niche market")
        ] = None,
        rd_ratio: Annotated[
            Share | None,
            Field(description="研发费用占营收的百分比 R&D in percent of revenue: 5 means 5 %"),
        ] = None,
        patents: Annotated[
            Count | None, Field(description="有效发明专利几项 number of invention patents")
        ] = None,
        main_business_share: Annotated[
            Share | None,
            Field(description="主营业务收入占比 main business in percent of all revenue"),
        ] = None,
        market_rank_national: Annotated[
            Share | None,
            Field(description="市占率居全国前百分之几 market share rank in the country: 10"),
        ] = None,
        market_rank_provincial: Annotated[
            Share | None,
            Field(description="市占率居省内前百分之几 market share rank in the province: 5"),
        ] = None,
        own_ip: Annotated[
            bool | None, Field(description="核心技术有自主知识产权 the core technology is its own")
        ] = None,
        standards: Annotated[
            bool | None, Field(description="主导或参与制定标准 helped to make standards")
        ] = None,
        others: Annotated[
            Figures | None,
            Field(
                description="其他标准 for other lists' criteria: age 注册几年, income 年营收"
                "（万元）, growth 年均增长 %, research_staff 研发人员 %, valuation 估值（万美元）, "
                "world_rank 全球排名, unlisted 未上市, honest 无失信, profit 无亏损 (1 yes, 0 no)"
            ),
        ] = None,
    ) -> EligibilityAnswer:
        """Compare an applicant's own figures with the criteria that the sources state.

        Give what is known. `verdicts` has one entry per requirement: met, not_met or not_stated,
        with the threshold and its citation. Without any figure it returns the criteria. It promises
        nothing beyond the criteria written in the sources.

        Raises:
            CriteriaError: a figure is for no requirement that is known.
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
        return judge({**figures, **(others or {})}, self._engine())
