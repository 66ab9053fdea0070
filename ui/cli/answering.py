"""Commands that answer: one question, a batch, a conversation."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import XiaojurenError
from ui.cli.base import JsonOption, StoreOption, command, notice, opened_engine, print_json
from ui.cli.console import explain_reply, show_answer
from ui.errors import UsageError

if TYPE_CHECKING:
    from assistant.engine import Engine


@command()
def ask(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="问题", help="问题；- 表示从标准输入读")
    ] = None,
    batch: Annotated[
        str | None, typer.Option(help="JSON Lines 文件，每行一段对话；- 表示标准输入")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="在 stderr 显示每一步的结果")] = False,  # noqa: FBT002
    store: StoreOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """回答一个问题，或一批问题。"""
    if (words is None) == (batch is None):
        raise UsageError("请写出一个问题，或用 --batch 指定文件（二者选一）")
    question = sys.stdin.read() if words == ["-"] else " ".join(words or ())
    with opened_engine(store) as engine:
        if batch is not None:
            _ask_batch(batch, engine)
            return
        reply = engine.reply(question)
    if explain:
        explain_reply(reply)
    if as_json:
        print_json(reply.answer.to_dict(), indent=2)
    else:
        show_answer(reply.answer)


@command()
def chat(store: StoreOption = None) -> None:
    """在终端里连续问答；输入 退出 结束。"""
    from assistant.engine import Conversation
    from ui.cli.chat import questions

    with opened_engine(store) as engine:
        conversation = Conversation(engine)
        notice("请输入问题，输入“退出”结束。")
        for question in questions():
            try:
                show_answer(conversation.ask(question))
            except XiaojurenError as error:
                notice(str(error))


def _ask_batch(name: str, engine: Engine) -> None:
    from ui.cli.batch import BatchError, answer_lines, opened

    failed = []
    with opened(name) as lines:
        for line in answer_lines(lines, engine):
            print_json(line.result)
            if line.failed:
                failed.append(line)
    if failed:
        first = failed[0]
        raise BatchError(
            f"{name} 有 {len(failed)} 行不能回答，其余已回答；"
            f"第一处在第 {first.number} 行：{first.result['error']}"
        )
