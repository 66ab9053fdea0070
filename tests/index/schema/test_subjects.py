"""Which tables are about companies, and which column names them."""

from __future__ import annotations

import pytest

from index.places.gazetteer import Gazetteer
from index.schema.fields import TableKind
from index.schema.subjects import is_company, is_other, recognise
from index.sources.markdown import read_markdown
from index.types import Table


def table(header: str, *rows: str, heading: str = "一") -> Table:
    """Return a table of cells given with blanks between; _ is an empty cell."""
    lines = [header, " ".join("---" for _ in header.split()), *rows]
    cells = ([cell.replace("_", "") for cell in line.split()] for line in lines)
    text = f"# {heading}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in cells)
    return read_markdown(text, "a.md", "0").tables[0]


@pytest.mark.parametrize(
    ("header", "rows", "name"),
    [
        ("企业名称 城市", ["甲科技 苏州"], "企业名称"),
        ("排名 公司 总部", ["1 甲科技 苏州"], "公司"),
        ("日期 被投企业 轮次", ["2025-01 甲科技 A轮", "2025-02 乙科技 B轮"], "被投企业"),
        ("城市 企业 产品", ["合肥 甲科技 语音"], "企业"),
        ("典型企业 城市 亮点", ["甲科技 大连 机床", "乙科技 上海 刻蚀机"], "典型企业"),
        ("龙头 方向 位置 员工", ["甲软件有限公司 软件 雨花台区 800人"], "龙头"),
        ("成员单位 级别", ["中兴通讯股份有限公司南京研发中心 理事长"], "成员单位"),
        ("供应商 地区 代码", ["甲微 杭州 科创板688141", "乙微 苏州 688052"], "供应商"),
        ("律所名称 总部 律师人数", ["甲律师事务所 北京 2000+"], "律所名称"),
        ("学校 城市 专业", ["浙江大学 杭州 计算机"], "学校"),
        ("机构名称 总部 成立时间", ["甲资本 北京 1993年"], "机构名称"),
        ("证券代码 证券简称 行业 城市", ["835185 贝特瑞 电池 深圳"], "证券简称"),
        ("代码 简称 公司全称 注册地", ["688981 甲芯 甲芯股份有限公司 上海"], "公司全称"),
        ("产品名称 企业名称 所在市 批次", ["缝纫机 甲股份有限公司 台州 第四批"], "企业名称"),
        ("项目名称 企业名称 城市 行业", ["云平台 甲股份有限公司 台州 软件"], "企业名称"),
        ("_ 城市 成立时间", ["甲科技有限公司 苏州 2012年"], ""),
    ],
)
def test_table_is_of_companies_whatever_their_column_is_called(
    gazetteer: Gazetteer, header: str, rows: list[str], name: str
) -> None:
    read = table(header, *rows)
    kind, columns = recognise(read, gazetteer)
    assert kind is TableKind.COMPANY
    assert read.header.cells[columns["name"]].text == name


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("岗位 月薪 招聘企业", ["游戏策划 12-20K 甲科技"]),
        ("职位名称 公司名称 薪资 工作地点", ["建模师 甲科技 15K 成都"]),
        ("公司 岗位 薪资 地点", ["甲科技 工程师 40K 北京"]),
        ("姓名 职务 公司", ["张某 总裁 甲科技"]),
        ("薪资区间 占比", ["10K以下 20%"]),
        ("名称 网址 特点", ["甲直聘 https://www.a.com 直聊", "乙聘 https://www.b.com 高端"]),
        ("政策名称 发布单位 发布时间", ["促进法 全国人大 2017年"]),
        ("城市 补贴 落户", ["武汉 房租补贴 本科"]),
        ("企业类型 补贴标准", ["高新技术企业 20万", "小巨人企业 100万"]),
        ("环节 代表企业 国产化率", ["EDA 甲科技、乙科技 15%"]),
        ("行业 企业数量 代表企业", ["半导体 35家 甲科技"]),
        ("名称 所在城市 面积", ["甲科技园 北京 488平方公里", "乙高新区 上海 95平方公里"]),
        ("园区 城市 成立时间 官网", ["中关村 北京 1988年 https://a.cn"]),
        ("产品 厂商 价格", ["手机 甲科技 3000元"]),
        ("模型 企业 参数量", ["文心 百度 2600亿", "通义 阿里巴巴 720亿"]),
        ("奖项 获奖企业 年份", ["某奖 甲科技 2023"]),
        ("时间 企业 事件", ["2025-03 甲科技 完成C轮融资"]),
        ("投资方 投资企业 轮次", ["甲资本 乙科技 A轮"]),
        ("机构名称 管理规模 投资阶段", ["甲资本 560亿 全阶段", "乙资本 100亿 早期"]),
        ("基金名称 规模 管理人", ["甲产业投资基金 3440亿元 乙资本"]),
        ("孵化器 运营主体 级别", ["创业社 甲发展有限公司 国家级"]),
        ("科室 医院 得分", ["内科 甲医院 99"]),
        ("主管单位 联系方式", ["市人社局 010-1"]),
    ],
)
def test_table_of_something_else_is_none_of_companies(
    gazetteer: Gazetteer, header: str, rows: list[str]
) -> None:
    kind, _ = recognise(table(header, *rows), gazetteer)
    assert kind is not TableKind.COMPANY


def test_column_called_name_needs_a_heading_or_more_columns_to_name_companies(
    gazetteer: Gazetteer,
) -> None:
    header, row = "名称 所在地 简介", "振芯科技 成都 北斗"
    kind, _ = recognise(table(header, row, heading="设计企业"), gazetteer)
    assert kind is TableKind.COMPANY
    kind, _ = recognise(table(header, row, heading="公共平台"), gazetteer)
    assert kind is TableKind.OTHER
    kind, _ = recognise(table(f"{header} 成立时间", f"{row} 2003年"), gazetteer)
    assert kind is TableKind.COMPANY


def test_column_whose_cells_are_of_another_kind_keeps_its_own_header(gazetteer: Gazetteer) -> None:
    money = table("企业名称 城市 规模", "甲科技 苏州 10亿元", "乙科技 杭州 3亿元")
    assert "headcount" not in recognise(money, gazetteer)[1]
    people = table("企业名称 城市 规模", "甲科技 苏州 100人", "乙科技 杭州 300-500人")
    assert recognise(people, gazetteer)[1]["headcount"] == 2


def test_column_of_another_header_is_known_by_its_cells(gazetteer: Gazetteer) -> None:
    read = table(
        "企业名称 地区 科创板代码", "甲微 杭州市 科创板:688141", "乙微 江苏苏州 科创板:688052"
    )
    _, columns = recognise(read, gazetteer)
    assert (columns["city"], columns["listing"]) == (1, 2)


def test_region_column_of_provinces_is_no_column_of_cities(gazetteer: Gazetteer) -> None:
    _, columns = recognise(table("企业名称 地区", "甲科技 江苏省", "乙科技 山东"), gazetteer)
    assert "city" not in columns
    assert columns["province"] == 1


@pytest.mark.parametrize("name", ["苏州", "苏州工业园区", "算法工程师", "合计", "2025", "华东地区"])
def test_place_park_job_and_sum_are_no_names(gazetteer: Gazetteer, name: str) -> None:
    assert is_other(name, gazetteer)


@pytest.mark.parametrize(
    "name", ["甲科技", "Anthropic", "58同城", "深圳大学", "中国银行", "汇川技术", "中央美术学院"]
)
def test_short_names_and_institutions_are_names(gazetteer: Gazetteer, name: str) -> None:
    assert is_company(name, gazetteer)
