"""Commands that serve: the page with its endpoints, and tools for agents."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ui.cli.base import (
    StoreOption,
    command,
    mention_packaged,
    notice,
    print_json,
    settings_with,
    warn_of_changes,
)
from ui.cli.console import ProgressBars
from ui.errors import UsageError


@command()
def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option(help="监听的地址")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="监听的端口")] = None,
    log_questions: Annotated[
        bool | None, typer.Option("--log-questions", help="访问日志里也写问题的原文")
    ] = None,
) -> None:
    """打开问答网页和接口；还没有索引时先建立。

    没有索引时从 seeds/ 建立；没有这个文件夹时用随程序附带的清单。
    设了环境变量 XIAOJUREN_AUTH（用户名:密码）就要登录。访问日志写到 stderr。
    """
    from assistant.building import build_first, has_index
    from assistant.live import LiveEngine
    from ui.server.access import log_to
    from ui.server.addresses import is_public, require_free_port
    from ui.server.guard import Trust
    from ui.server.login import read_logins
    from ui.server.server import serve as serve_page

    settings = settings_with(store=store, host=host, port=port, log_questions=log_questions)
    logins = read_logins(settings.auth)
    require_free_port(settings.host, settings.port)
    if not logins and is_public(settings.host):
        notice(
            f"提醒：{settings.host} 能从别的机器访问，而且不用登录；"
            "要登录请设环境变量 XIAOJUREN_AUTH=用户名:密码"
        )
    if not has_index(settings):
        mention_packaged(settings)
        build_first(settings, ProgressBars())
    engine = LiveEngine(settings)
    warn_of_changes(engine().index)
    log_to(sys.stderr, questions=settings.log_questions)
    address = (settings.host, settings.port)
    trust = Trust(_parts(settings.hosts), _parts(settings.proxies))
    serve_page(engine, *address, lambda url: notice(f"已打开 {url}"), logins, trust)


def _parts(setting: str | None) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in (setting or "").split(",") if part.strip())


@command()
def mcp(store: StoreOption = None) -> None:
    """让智能体经 stdin 和 stdout 调用同样的问答（MCP）。"""
    from assistant.live import LiveEngine
    from ui.mcp import serve_stdio

    engine = LiveEngine(settings_with(store=store))
    warn_of_changes(engine().index)
    serve_stdio(engine)


@command()
def schema(
    tool: Annotated[
        str | None, typer.Argument(metavar="功能", help="ask、list 等，默认全部")
    ] = None,
) -> None:
    """显示每个功能的参数和回答的 JSON Schema。"""
    from assistant.tools import declarations

    known = declarations()
    if tool is not None and tool not in known:
        raise UsageError(f"没有功能 {tool}；有 {'、'.join(known)}")
    print_json(known[tool] if tool else known, indent=2)
