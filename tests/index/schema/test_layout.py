"""Tables laid out another way, read with a company in every row."""

from __future__ import annotations

from index.corpus import read_corpus
from index.types import Company, Corpus


def corpus_of(tmp_path, text: str) -> Corpus:
    file = tmp_path / "list.md"
    file.write_text(text, "utf-8")
    return read_corpus([(file, "list.md")])


def told(company: Company, field: str) -> tuple[str, int]:
    (value,) = company.values(field)
    return value.text, value.origin.line_start


def test_comparison_is_one_company_a_column_each_cell_cited_by_its_line(tmp_path):
    text = (
        "# 无人机\n\n| 对比项 | 甲创新 | 乙飞科技 |\n|---|---|---|\n"
        "| 总部 | 深圳 | 广州 |\n| 成立时间 | 2006年 | 2007年 |\n| 续航 | 30分钟 | 40分钟 |\n"
    )
    first, second = corpus_of(tmp_path, text).companies
    assert (first.name, second.name) == ("甲创新", "乙飞科技")
    assert first.rows[0].origin.line_start == 3
    assert (told(first, "city"), told(second, "founded")) == (("深圳", 5), ("2007年", 6))
    assert told(second, "续航") == ("40分钟", 7)


def test_comparison_of_products_stays_what_it_is(tmp_path):
    text = "| 参数 | 甲一代 | 甲二代 |\n|---|---|---|\n| 重量 | 1kg | 2kg |\n| 续航 | 1天 | 2天 |\n"
    assert corpus_of(tmp_path, text).companies == ()


def test_table_of_one_company_is_one_row(tmp_path):
    text = (
        "# 档案\n\n| 项目 | 内容 |\n|---|---|\n| 企业名称 | 苏州甲科技有限公司 |\n"
        "| 成立时间 | 2008年 |\n| 主营业务 | 光模块 |\n| 地址 | 苏州工业园区一号 |\n"
    )
    corpus = corpus_of(tmp_path, text)
    (company,) = corpus.companies
    assert (company.name, company.rows[0].origin.line_start) == ("苏州甲科技有限公司", 5)
    assert (told(company, "founded"), told(company, "domain")) == (("2008年", 6), ("光模块", 7))
    assert (corpus.documents[0].rows, corpus.documents[0].other_rows) == (1, 3)


def test_table_of_one_company_is_named_by_its_heading(tmp_path):
    text = (
        "## 1. 亿纬锂能\n\n### 基本信息\n\n| 项目 | 内容 |\n|---|---|\n"
        "| 总部 | 广东惠州 |\n| 成立时间 | 2001年 |\n"
    )
    (company,) = corpus_of(tmp_path, text).companies
    assert (company.name, company.facts("city")) == ("亿纬锂能", ("惠州",))
    assert told(company, "name") == ("亿纬锂能", 1)


def test_facts_of_a_park_or_a_list_are_none_of_a_company(tmp_path):
    text = (
        "## 园区概况\n\n| 项目 | 内容 |\n|---|---|\n| 地址 | 苏州 |\n| 成立时间 | 1994年 |\n\n"
        "## 苏州工业园区\n\n| 项目 | 内容 |\n|---|---|\n| 地址 | 苏州 |\n| 成立时间 | 1994年 |\n"
    )
    assert corpus_of(tmp_path, text).companies == ()


def test_second_header_in_the_middle_begins_another_table(tmp_path):
    text = (
        "| 企业名称 | 城市 |\n|---|---|\n| 甲科技 | 苏州 |\n"
        "| 企业名称 | 主营业务 |\n| 乙科技 | 机器人 |\n"
    )
    corpus = corpus_of(tmp_path, text)
    assert [company.name for company in corpus.companies] == ["甲科技", "乙科技"]
    assert told(corpus.companies[1], "domain") == ("机器人", 5)
    assert [(one.line, one.reason) for one in corpus.skipped] == [(4, "又一行表头")]
