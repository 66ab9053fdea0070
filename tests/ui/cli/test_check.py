"""``xiaojuren check`` on the seeds, in its three forms."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import BuildRequest, build_index
from index.checks import Finding, Rule, Severity
from index.types import Origin
from tests.conftest import SEED, SEED_NAME
from tests.fakes import FakeEncoder, SilentProgress
from ui import findings
from ui.cli import app as cli
from ui.cli import check

COLUMNS = ["rule", "severity", "source", "line", "company", "field", "value", "message"]
SEED_ROWS = [
    ("shared-homepage", "warning", 26, "enflame-tech.com"),
    ("exchange-code-mismatch", "error", 36, "科创板:603236"),
    ("exchange-code-mismatch", "error", 49, "深交所:603160"),
    ("exchange-code-mismatch", "error", 63, "深交所:600460"),
    ("ambiguous-company", "warning", 84, "燧原科技"),
    ("exchange-code-mismatch", "error", 87, "深交所:603160"),
    ("exchange-code-mismatch", "error", 121, "深交所:603659"),
]


@pytest.fixture
def run(monkeypatch, capsys, seed_store):
    """Run the command in this process; returns exit code, stdout and stderr.

    The fake encoder stands in: findings need no vectors.
    """
    for module in ("assistant.building", "index.language.encoder"):
        monkeypatch.setattr(f"{module}.SentenceEncoder", lambda *_: FakeEncoder())

    def run_with(*arguments: str, store: Path = seed_store):
        monkeypatch.setattr(sys, "argv", ["xiaojuren", "check", "--store", str(store), *arguments])
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        captured = capsys.readouterr()
        return exit_.value.code, captured.out, captured.err

    return run_with


def finding(value: str, company: str = "甲公司") -> Finding:
    origin = Origin("a.md", (), 5, 5, "| 甲公司 |")
    return Finding(
        Rule.UNREADABLE, Severity.WARNING, company, "listing", value, f"“{value}”读不出", (origin,)
    )


def test_text_groups_by_rule_with_file_and_line(run):
    star = "不是科创板的代码（688、689 开头的 6 位数字），按号段属于上交所主板"
    shenzhen = "不是深交所的代码（000 至 004、300 至 302 开头的 6 位数字），按号段属于上交所主板"
    goodix = f"深圳市汇顶科技股份有限公司：“深交所:603160”：603160 {shenzhen}"
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "交易所与股票代码不符（exchange-code-mismatch）：5 处",
        f"  错误 {SEED_NAME}:36 上海移远通信技术股份有限公司：“科创板:603236”：603236 {star}",
        f"  错误 {SEED_NAME}:49 {goodix}",
        f"  错误 {SEED_NAME}:63 杭州士兰微电子股份有限公司：“深交所:600460”：600460 {shenzhen}",
        f"  错误 {SEED_NAME}:87 {goodix}",
        f"  错误 {SEED_NAME}:121 璞泰来：“深交所:603659”：603659 {shenzhen}",
        "",
        "几家企业同一主页（shared-homepage）：1 处",
        f"  存疑 {SEED_NAME}:26 北京燧原科技有限公司、上海燧原智能科技有限公司："
        f"2 家企业的主页同为 enflame-tech.com：{SEED_NAME}:26、{SEED_NAME}:35",
        "",
        "简称指不明哪家企业（ambiguous-company）：1 处",
        f"  存疑 {SEED_NAME}:84 燧原科技：“燧原科技”可能是几家企业，没有归入任何一家："
        "北京燧原科技有限公司、上海燧原智能科技有限公司",
        "",
        "共 7 处：错误 5，存疑 2",
    ]


def test_json_is_a_list_of_objects_in_reading_order(run):
    code, out, err = run("--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert all(list(one) == COLUMNS for one in found)
    assert all(one["source"] == SEED_NAME for one in found)
    assert [(one["rule"], one["severity"], one["line"], one["value"]) for one in found] == SEED_ROWS


def test_csv_has_the_columns_and_findings_of_json(run):
    code, out, err = run("--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, err) == (0, "")
    assert list(rows[0]) == COLUMNS
    as_text = [
        {key: str(cell) for key, cell in one.items()} for one in json.loads(run("--json")[1])
    ]
    assert rows == as_text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_csv_cell_that_a_spreadsheet_would_run_gets_a_quote(start):
    file = io.StringIO(newline="")
    findings.write_csv([finding(f"{start}1+1", company=f"{start}cmd()")], file)
    file.seek(0)
    (row,) = csv.DictReader(file)
    assert row["value"] == f"'{start}1+1"
    assert row["company"] == f"'{start}cmd()"
    assert row["message"] == f"“{start}1+1”读不出"


def test_csv_cell_with_commas_quotes_and_markup_is_kept(capsys):
    value = '1,2 "三" [bold]四[/bold]'
    file = io.StringIO(newline="")
    findings.write_csv([finding(value), finding(""), finding("\r=1\n2")], file)
    file.seek(0)
    assert [row["value"] for row in csv.DictReader(file)] == [value, "", "' =1 2"]
    check.show_findings([finding(value)])
    assert value in capsys.readouterr().out


def test_row_of_a_spreadsheet_names_its_sheet(capsys):
    one = finding("甲")
    one = replace(one, origins=(replace(one.origins[0], source="a.xlsx", sheet="名单"),))
    check.show_findings([one])
    assert "a.xlsx:名单!5" in capsys.readouterr().out
    row = findings.finding_dict(one)
    assert (row["source"], row["line"]) == ("a.xlsx", 5)
    assert str(row["message"]).endswith("（工作表「名单」）")


def test_source_without_fault_has_no_findings(run, tmp_path):
    source, store = tmp_path / "list.md", tmp_path / "store"
    source.write_text("# 名单\n\n| 企业名称 | 所在城市 |\n|---|---|\n| 甲科技 | 苏州 |\n", "utf-8")
    build_index(BuildRequest([source], store, FakeEncoder()), SilentProgress())
    assert run(store=store) == (0, "没有发现问题\n", "")
    assert run("--json", store=store) == (0, "[]\n", "")
    assert run("--csv", store=store) == (0, ",".join(COLUMNS) + "\n", "")


def test_changed_source_is_mentioned_on_stderr(run, tmp_path):
    source, store = tmp_path / "list.md", tmp_path / "store"
    source.write_text(SEED.read_text("utf-8"), "utf-8")
    build_index(BuildRequest([source], store, FakeEncoder()), SilentProgress())
    source.write_text(SEED.read_text("utf-8") + "\n", "utf-8")
    code, out, err = run("--json", store=store)
    assert (code, len(json.loads(out))) == (0, len(SEED_ROWS))
    assert "list.md" in err


def test_two_formats_at_once_are_refused_in_one_line(run):
    code, out, err = run("--json", "--csv")
    assert (code, out) == (2, "")
    assert "--json" in err
    assert len(err.splitlines()) == 1


def test_missing_store_says_how_to_build_it(run, tmp_path):
    code, out, err = run(store=tmp_path / "none")
    assert (code, out) == (2, "")
    assert "xiaojuren index" in err
    assert len(err.splitlines()) == 1


def test_every_rule_has_a_title(capsys):
    for rule in Rule:
        one = finding("甲")
        check.show_findings([Finding(rule, *(getattr(one, n) for n in one.__slots__[1:]))])
        assert f"（{rule.value}）：1 处" in capsys.readouterr().out
