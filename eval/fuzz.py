"""Hostile input of every kind, seeded: what no question, line, message or file may do is throw.

``python -m eval.fuzz [--seed N] [--questions N] [--files N] [--store FOLDER]`` asks made-up
questions and lines of batches, calls the tools, and reads damaged lists; it names what threw or
took too long, and exits with 1 if anything did.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from assistant.border import read_json
from assistant.engine import Conversation, Engine, open_engine
from assistant.settings import load_settings
from assistant.tools import Tools
from index.corpus import find_sources, read_sources
from index.errors import XiaojurenError

# Processor time of one answer.
_MOST_SECONDS = 0.2

_TEXT = """苏州 北京 深圳 省 市 企业 小巨人 有哪些 多少 几家 哪家 员工 营收 成立 年 万 亿 二
十三 半 一 不 没有 最 最少 比 和 或 以下 以上 超过 不到 前 第 MEMS 芯片 光电 上市
注册资本 研发占比 占 是 的 呢 吗 其中 那 它 对比 批 元 % 3 2015 99999999999 1.5 -1 ０
① ㍿ ½ , ， ( 「 [ * `a` <b> ' " \\"""
_WORDS = [*_TEXT.split(), " ", "\n", "\t"]
_ODD = (
    "\ud800",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\u200b",
    "\ufeff",
    "é",
    "😀",
    "ﷺ",
    "\uffff",
    "\x85",
)
_SEED = "企业名称,城市,员工人数,成立年份\n苏州敏芯微电子技术股份有限公司,苏州,300,2007\n"
_LISTS = {
    "csv": _SEED,
    "md": "# 名单\n\n| 企业名称 | 城市 |\n|---|---|\n| 苏州敏芯微电子技术股份有限公司 | 苏州 |\n",
    "html": "<table><tr><th>企业名称<th>城市</tr><tr><td>甲科技有限公司<td>苏州</tr></table>",
    "json": '[{"企业名称": "甲科技有限公司", "城市": "苏州", "员工人数": 30}]',
    "txt": "一、甲科技有限公司，位于苏州，员工300人。\n",
}
_DAMAGE = ("9" * 400, "|" * 500, "<!--", "[" * 300, '"', "\x00", "<td colspan=99999>", "\\ud800")


def questions(chance: random.Random, count: int) -> Iterator[str]:
    """Yield made-up questions: words in no order, one word many times, odd characters among them.

    Args:
        chance: Where all chance comes from.
        count: How many.
    """
    for _ in range(count):
        kind = chance.random()
        if kind < 0.2:
            yield chance.choice(_WORDS) * chance.randint(1, 250)
            continue
        words = [chance.choice(_WORDS) for _ in range(chance.randint(1, 30))]
        if kind < 0.4:
            words.insert(chance.randint(0, len(words)), chance.choice(_ODD))
        yield "".join(words)


def lists(chance: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of damaged lists of every format.

    Args:
        chance: Where all chance comes from.
        count: How many of each format.
    """
    for suffix, text in _LISTS.items():
        for number in range(count):
            data = bytearray(text.encode())
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(data))
                if chance.random() < 0.5:
                    data[at] = chance.randrange(256)
                else:
                    data[at:at] = chance.choice(_DAMAGE).encode() * chance.randint(1, 20)
            yield f"{number}.{suffix}", bytes(data)


class Fuzz:
    """Tries things and keeps what went wrong.

    Attributes:
        tried: How many things were tried.
        faults: What threw or took too long, a line each.
    """

    def __init__(self) -> None:
        self.tried = 0
        self.faults: list[str] = []

    def run(self, what: str, trial: Callable[[], object]) -> None:
        """Try one thing; an error that tells the user what to do is no fault."""
        self.tried += 1
        began = time.process_time()
        try:
            trial()
        except XiaojurenError:
            pass
        except Exception as error:  # noqa: BLE001 - just what is looked for
            self.faults.append(f"{type(error).__name__}: {what[:100]!a}")
        if (took := time.process_time() - began) > _MOST_SECONDS:
            self.faults.append(f"{took:.2f} s: {what[:100]!a}")


def fuzz_engine(engine: Engine, chance: random.Random, count: int) -> Fuzz:
    """Return what went wrong with questions, lines of batches and calls of tools."""
    found = Fuzz()
    ask = next(one for one in Tools(lambda: engine).all() if one.name == "ask")
    engine.reply("做会飞的机器的企业有哪些")
    for text in questions(chance, count):
        way = chance.randrange(4)
        if way == 0:
            line = json.dumps({"id": text, "turns": [text, "其中最大的"]})
            found.run(line, lambda line=line: _line(line, engine))  # type: ignore[misc]
        elif way == 1:
            found.run(text, lambda text=text: ask.call({"question": text}))  # type: ignore[misc]
        else:
            found.run(text, lambda text=text: engine.reply(text))  # type: ignore[misc]
    return found


def _line(line: str, engine: Engine) -> None:
    try:
        entry = read_json(line)
    except ValueError:
        return
    conversation = Conversation(engine)
    for turn in entry["turns"]:
        json.dumps(conversation.ask(turn).to_dict(), ensure_ascii=False).encode()


def fuzz_lists(chance: random.Random, count: int) -> Fuzz:
    """Return what went wrong with damaged lists: a reader that threw."""
    found = Fuzz()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in lists(chance, count):
            (Path(folder) / name).write_bytes(data)
        (Path(folder) / "good.csv").write_text(_SEED, "utf-8")
        reading = read_sources(find_sources([Path(folder)]))
    found.tried = len(reading.sources) + len(reading.broken)
    threw = (one for one in reading.broken if one.reason.startswith("读不出内容"))
    found.faults = [f"{one.source}: {one.reason}" for one in threw]
    return found


def main() -> int:
    """Run from the command line; return the exit code."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--questions", type=int, default=500)
    options.add_argument("--files", type=int, default=50, help="of each format")
    options.add_argument("--store", type=Path)
    given = options.parse_args()
    settings = load_settings()
    if given.store:
        settings = settings.model_copy(update={"store": given.store})
    with closing(open_engine(settings)) as engine:
        asked = fuzz_engine(engine, random.Random(given.seed), given.questions)  # noqa: S311
    read = fuzz_lists(random.Random(given.seed), given.files)  # noqa: S311
    for name, found in (("questions", asked), ("lists", read)):
        sys.stdout.write(f"{name}: {found.tried} tried, {len(found.faults)} faults\n")
        sys.stdout.writelines(f"  {fault}\n" for fault in found.faults)
    return bool(asked.faults or read.faults)


if __name__ == "__main__":
    sys.exit(main())
