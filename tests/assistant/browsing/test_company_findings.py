"""What looks wrong of one company, and the company in short."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.browsing.profile import about, flags_of
from index.checks import Rule, findings
from index.corpus import read_corpus
from index.types import Corpus

LISTS = (
    """# 一

| 企业名称 | 所在城市 | 细分领域 | 上市情况 | 估值 |
|---|---|---|---|---|
| 深圳甲科技有限公司 | 深圳市 | 芯片 | 深交所:603160 | 3亿 |
""",
    """# 二

| 企业名称 | 所在城市 | 细分领域 | 上市情况 |
|---|---|---|---|
| 深圳甲科技有限公司 | 深圳 | 指纹芯片 | 深交所：603160 |
| 深圳乙科技有限公司 | 深圳 | 激光 | 未上市 |
""",
)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    paths = [(tmp_path / f"{name}.md", f"{name}.md") for name in "ab"]
    for (path, _), text in zip(paths, LISTS, strict=True):
        path.write_text(text, "utf-8")
    return read_corpus(paths)


def test_findings_stand_with_their_company_and_field(corpus: Corpus) -> None:
    first, second = corpus.companies
    found = findings(corpus)
    flags = flags_of(first, found)
    assert [one.rule for one in flags["listing"]] == [Rule.EXCHANGE_CODE, Rule.EXCHANGE_CODE]
    assert not flags_of(second, found).get("listing")


def test_company_in_short(corpus: Corpus) -> None:
    assert about(corpus.companies[0]) == "深圳 · 芯片"
