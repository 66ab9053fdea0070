"""The tools over the seeds, and over a small list with columns of its own and an odd row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.engine import Engine
from assistant.settings import Settings
from assistant.tools import Tools
from index.build import BuildRequest, build_index
from index.store.reader import open_index
from tests.fakes import FakeEncoder, SilentProgress

Call = Callable[..., dict[str, Any]]

UNICORNS = """# 独角兽企业榜单（2024年）

| 企业名称 | 城市 | 领域 | 估值（亿美元） | 上市情况 | 成立时间 |
|---|---|---|---|---|---|
| 甲光科技有限公司 | 深圳 | 激光雷达 | 120 | 深交所:688001 | 2015年 |
| 乙云科技有限公司 | 杭州 | 云计算 | 35.5 | 未上市 | 2012年 |
| 丙药科技有限公司 | 苏州 | 创新药 | - | 未上市 | 2019年 |
"""


def caller(engine: Engine) -> Call:
    tools = {tool.name: tool for tool in Tools(lambda: engine).all()}

    def call(name: str, /, **arguments: Any) -> dict[str, Any]:
        # As it reaches a program: JSON has no tuples and no enums.
        return dict(json.loads(json.dumps(tools[name].call(arguments))))

    return call


@pytest.fixture(scope="session")
def call(engine: Engine) -> Call:
    """Calls a tool over the seeds by name."""
    return caller(engine)


@pytest.fixture(scope="session")
def call_unicorns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Call]:
    """Calls a tool over the small list by name."""
    folder = tmp_path_factory.mktemp("unicorns")
    source = folder / "独角兽.md"
    source.write_text(UNICORNS, "utf-8")
    store = folder / "store"
    build_index(BuildRequest([source], store, FakeEncoder()), SilentProgress())
    engine = Engine(open_index(store, FakeEncoder()), Settings())
    yield caller(engine)
    engine.close()
