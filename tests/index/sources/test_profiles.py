"""Company profiles: headings with bullets of fields below them."""

from __future__ import annotations

from index.corpus import read_corpus
from index.sources.markdown import read_markdown

PROFILE = """# 厦门物联网企业清单

## 2. 企业列表

#### 信达物联
**基本信息**
- 企业名称：厦门信达物联科技有限公司
- 成立时间：2010年
- 总部位置：厦门市湖里区
- 员工规模：1200+人
- 所属公司：信达股份

**核心业务**
- RFID技术研发
- 传感器制造

公司成立多年。

## 3. 求职建议
- 岗位：算法工程师
- 薪资：20-40万
"""


def read(text: str):
    return read_markdown(text, "a.md", "0")


def test_bullets_with_a_colon_are_fields_and_those_below_bold_words_one_field():
    (profile,) = read(PROFILE).profiles
    cells = {h.text: c for h, c in zip(profile.header.cells, profile.rows[0].cells, strict=True)}
    assert cells["企业名称"].text == "厦门信达物联科技有限公司"
    assert cells["核心业务"].text == "RFID技术研发；传感器制造"
    assert cells["所属公司"].text == "信达股份"


def test_every_field_is_cited_by_its_own_lines():
    (profile,) = read(PROFILE).profiles
    cells = {h.text: c for h, c in zip(profile.header.cells, profile.rows[0].cells, strict=True)}
    assert (cells["成立时间"].origin.line_start, cells["成立时间"].origin.quote) == (
        8, "- 成立时间：2010年",
    )  # fmt: skip
    assert (cells["核心业务"].origin.line_start, cells["核心业务"].origin.line_end) == (14, 15)
    assert cells["核心业务"].origin.quote == "- RFID技术研发\n- 传感器制造"


def test_other_bullets_and_sentences_stay_passages():
    document = read(PROFILE)
    assert [one.text for one in document.passages] == [
        "公司成立多年。", "岗位：算法工程师", "薪资：20-40万",
    ]  # fmt: skip


def test_heading_is_the_name_where_no_bullet_gives_one():
    text = PROFILE.replace("- 企业名称：厦门信达物联科技有限公司\n", "")
    (profile,) = read(text).profiles
    assert profile.rows[0].cells[0].text == "信达物联"


def test_two_fields_without_a_name_are_no_company():
    assert read("# 甲\n\n## 园区\n- 成立时间：2010年\n- 地址：厦门\n").profiles == ()


def test_profile_becomes_a_company_of_the_place_its_column_names(tmp_path):
    file = tmp_path / "a.md"
    file.write_text(PROFILE, "utf-8")
    corpus = read_corpus([(file, "a.md")])
    (company,) = corpus.companies
    assert (company.name, company.facts("city"), company.facts("founded")) == (
        "厦门信达物联科技有限公司", ("厦门",), (2010,),
    )  # fmt: skip
    assert corpus.documents[0].profiles == 1
    assert corpus.documents[0].rows == 0


def fields_of(text: str) -> dict[str, str]:
    (profile,) = read(text).profiles
    cells = zip(profile.header.cells, profile.rows[0].cells, strict=True)
    return {header.text: cell.text for header, cell in cells}


def test_heading_without_its_number_names_a_profile_without_a_name():
    text = "# 名录\n\n## 2.1.1 青岛甲重机有限责任公司\n\n- 成立时间：2005年\n- 规模：1000人\n"
    assert fields_of(text)["企业名称"] == "青岛甲重机有限责任公司"


def test_heading_above_a_part_of_a_profile_names_it():
    text = "### 实在智能\n\n#### 基本信息\n\n- 总部：杭州\n- 成立时间：2018年\n- 领域：RPA\n"
    assert fields_of(text)["企业名称"] == "实在智能"


def test_heading_that_differs_from_the_name_is_another_name():
    text = "### 大疆农业(DJI Agriculture)\n\n- 企业名称：深圳大疆农业事业部\n- 总部：深圳\n"
    fields = fields_of(text)
    assert (fields["企业名称"], fields["简称"]) == (
        "深圳大疆农业事业部",
        "大疆农业(DJI Agriculture)",
    )


def test_fields_may_be_bold_or_behind_a_symbol():
    text = "### 甲科技有限公司\n\n- **总部：** 杭州\n- **成立时间**: 2001年\n- 📍 官网：https://a.com\n"
    fields = fields_of(text)
    assert (fields["总部"], fields["成立时间"], fields["官网"]) == (
        "杭州", "2001年", "https://a.com",
    )  # fmt: skip


def test_lines_of_fields_without_bullets_are_cited_each_by_its_own():
    text = "### 中创新航\n\n**总部**：江苏常州\n**成立时间**：2015年\n**上市情况**：港交所:3931\n"
    (profile,) = read(text).profiles
    lines = {cell.text: cell.origin.line_start for cell in profile.rows[0].cells if cell.origin}
    assert (lines["江苏常州"], lines["港交所:3931"]) == (3, 5)
    plain = text.replace("**", "")
    assert fields_of(plain)["上市情况"] == "港交所:3931"


def test_headings_of_jobs_parks_and_trades_are_no_profiles():
    bullets = "- 成立时间：1990年\n- 规模：100人\n- 官网：http://a.cn\n- 地址：杭州市滨江区\n"
    for heading in ("就业信息", "产业概况", "杭州高新区", "苏州工业园区", "杭州"):
        assert read(f"## {heading}\n\n{bullets}").profiles == ()


def test_person_job_or_product_of_a_company_is_no_profile():
    person = "- 姓名：张某\n- 公司：甲科技\n- 总部：杭州\n- 成立时间：2001年\n"
    product = "- 公司：甲科技\n- 总部：杭州\n- 官网：https://a.com\n"
    assert read(f"### 张某\n\n{person}").profiles == ()
    assert read(f"### 问答一号\n\n{product}").profiles == ()
    (profile,) = read(f"### 甲科技（杭州）\n\n{product}").profiles
    assert profile.rows[0].cells[0].text == "甲科技（杭州）"


def test_names_that_end_like_subjects_name_profiles_and_subjects_do_not():
    bullets = "- 总部：北京\n- 成立时间：2015年\n- 员工规模：500人\n"
    for name in ("神策数据", "汇川技术", "三维通信发展"):
        assert fields_of(f"### {name}\n\n{bullets}")["企业名称"] == name
    for subject in ("市场规模", "产业数据", "核心技术", "行业发展", "汽车产业"):
        assert read(f"### {subject}\n\n{bullets}").profiles == ()
