"""Questions over lists of many shapes: registers, exchanges' files, lists in parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.store.reader import open_index
from tests.fakes import FakeEncoder, SilentProgress

GRANTS = """企业名称,城市,项目名称,补助金额（万元）
甲石建材有限公司,泉州,切割线,50
甲石建材有限公司,泉州,数字车间,80
甲石建材有限公司,泉州,浆料回收,50
乙谷食品有限公司,漳州,冷链,60
"""
SHARES = """板块,公司全称,A股代码,A股上市日期,A股总股本,省份,城市
主板,深圳甲能股份有限公司,002991,2010-06-18,"1,200,345,000",广东,深圳市
创业板,深圳乙电股份有限公司,301991,2021-03-02,"98,000,000",广东,深圳市
创业板,合肥丙农股份有限公司,301992,2022-09-09,"10,500,000,000",安徽,合肥市
"""
CONTACTS = """企业名称,省份,城市,联系时间,反馈,联系时间,反馈
甲冷设备有限公司,山东,烟台,2024-03-01,已回,2024-06-01,未回
乙渔科技有限公司,山东,威海,2024-04-02,未回,2024-07-02,已回
丙竹实业有限公司,福建,,2024-04-03,未回,2024-07-04,已回
"""
ADDRESSES = """企业名称,地址
甲云科技有限公司,贵阳市观山湖区林城西路1号
乙数科技有限公司,贵阳市观山湖区大数据产业园2栋
丙链科技有限公司,贵阳市云岩区大数据产业园9栋
"""
STAGES = """# 苏州安全企业清单

## 1. 企业列表
| 企业名称 | 简称 | 业务领域 | 公司规模 | 技术架构 |
|---|---|---|---|---|
| 苏州甲盾科技有限公司 | 甲盾苏州 | 网络安全 | 3000+人 | 云原生 |
| 苏州乙锁科技有限公司 | 苏州乙锁 | 工控安全 | 800+人 | 隐私计算 |
| 苏州丙门科技有限公司 | 丙门 | 数据安全 | 1000+人 | 微服务 |

## 2. 按业务领域分类
### 2.1 物联网安全
| 企业名称 | 产品 |
|---|---|
| 丙门 | 网关 |

## 3. 按阶段分类
### 3.1 成长型企业
| 企业名称 | 产品 |
|---|---|
| 乙锁 | 网闸 |
"""


@pytest.fixture(scope="module")
def engines(tmp_path_factory) -> Iterator[dict[str, Engine]]:
    folder = tmp_path_factory.mktemp("kinds")
    opened: dict[str, Engine] = {}
    for name, text in (
        ("grants.csv", GRANTS),
        ("shares.csv", SHARES),
        ("contacts.csv", CONTACTS),
        ("addresses.csv", ADDRESSES),
        ("stages.md", STAGES),
    ):
        (folder / name).write_text(text, "utf-8")
        store = folder / f"store-{name}"
        build_index(BuildRequest([folder / name], store, FakeEncoder()), SilentProgress())
        opened[name] = Engine(open_index(store, FakeEncoder()), Settings())
    yield opened
    for one in opened.values():
        one.close()


@pytest.mark.parametrize(
    ("name", "question", "told"),
    [
        ("grants.csv", "补助金额合计多少", "240万"),
        ("grants.csv", "补助金额合计多少", "共 4 行"),
        ("grants.csv", "补助金额最高的是哪家", "（80）"),
        ("grants.csv", "补助金额最低的是哪家", "（50）"),
        ("shares.csv", "最早上市的是哪家", "2010-06-18"),
        ("contacts.csv", "乙渔科技的联系时间", "2024-04-02"),
        ("contacts.csv", "乙渔科技的联系时间", "2024-07-02"),
        ("stages.md", "甲盾的技术架构是什么", "云原生"),
    ],
)
def test_answer_tells_every_row_and_column(
    engines: dict[str, Engine], name: str, question: str, told: str
) -> None:
    assert told in engines[name].reply(question).answer.answer


@pytest.mark.parametrize(
    ("name", "question", "names"),
    [
        ("shares.csv", "2021年上市的企业有哪些", ["深圳乙电"]),
        ("shares.csv", "2020年以后上市的深圳企业", ["深圳乙电"]),
        ("shares.csv", "总股本超过100亿股的有哪些", ["合肥丙农"]),
        ("addresses.csv", "观山湖区大数据产业园里的公司", ["乙数科技"]),
        ("stages.md", "1000人以下的有哪些", ["苏州乙锁"]),
        ("stages.md", "还在成长期的企业是哪家", ["苏州乙锁"]),
        ("stages.md", "做物联网安全的有哪些", ["苏州丙门"]),
    ],
)
def test_list_is_narrowed_by_headings_dates_and_steps_of_size(
    engines: dict[str, Engine], name: str, question: str, names: list[str]
) -> None:
    records = engines[name].reply(question).answer.records
    assert [record.name[:4] for record in records] == names


def test_company_of_another_province_without_city_is_not_open(engines: dict[str, Engine]) -> None:
    assert "无法判断" not in engines["contacts.csv"].reply("威海的企业有哪些").answer.answer


def test_year_of_what_no_column_dates_is_no_year_of_founding(engines: dict[str, Engine]) -> None:
    answer = engines["contacts.csv"].reply("2018年处罚的企业").answer
    assert "成立" not in answer.answer
    assert not answer.records


def test_heading_at_the_end_of_an_unknown_name_narrows_nothing(engines: dict[str, Engine]) -> None:
    assert not engines["stages.md"].reply("中芯国际多少人").answer.records


def test_name_after_a_place_of_which_membership_is_asked_is_unknown(
    engines: dict[str, Engine],
) -> None:
    answer = engines["stages.md"].reply("苏州特来电收录没有").answer
    assert "没有收录「特来电」" in answer.answer
    assert "没有读懂" not in answer.answer


def test_field_that_all_have_their_own_of_is_told_of_each(engines: dict[str, Engine]) -> None:
    first = engines["shares.csv"].reply("深圳的企业有哪些")
    answer = engines["shares.csv"].reply("代码分别多少", first).answer
    assert {one.value for one in answer.values} >= {"002991", "301991"}


def test_what_is_not_wanted_is_left_out_of_the_set_before(engines: dict[str, Engine]) -> None:
    first = engines["stages.md"].reply("1000人以上的企业有哪些")
    answer = engines["stages.md"].reply("不要数据安全", first).answer
    assert [record.name for record in answer.records] == ["苏州甲盾科技有限公司"]
