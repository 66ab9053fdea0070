"""An answer's Markdown as HTML."""

from __future__ import annotations

import pytest

from ui.page.prose import Prose, linked


def html(text: str, *marks: int) -> str:
    head, rest = Prose(text, marks).html(lambda number: f"<i>{number}</i>")
    assert rest == ""
    return head.strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("共 1 家[1]。", "<p>共 1 家<i>1</i>。</p>"),
        ("[1][2]", "<p><i>1</i>[2]</p>"),
        (r"源文里的\[1\]", "<p>源文里的[1]</p>"),
        (r"反斜线\\[1]", r"<p>反斜线\<i>1</i></p>"),
        (r"\<img src=x\>", "<p>&lt;img src=x&gt;</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](javascript:alert(1))", "<p>![x](javascript:alert(1))</p>"),
        ("A&amp;B", "<p>A&amp;B</p>"),
        ("**甲** 是", "<p><strong>甲</strong> 是</p>"),
        ("[1]: https://a.com", "<p><i>1</i>: "),
    ],
)
def test_marks_become_what_is_given_and_html_becomes_text(text: str, shown: str) -> None:
    assert html(text, 1).startswith(shown)


def test_addresses_of_web_pages_become_links_that_leave_the_page() -> None:
    link = '<a href="https://a.com" target="_blank" rel="noopener noreferrer">https://a.com</a>'
    assert html("主页 **https://a.com** [1]", 1) == f"<p>主页 <strong>{link}</strong> <i>1</i></p>"
    assert linked("https://a.com") == link
    assert "<a" not in linked("javascript:alert(1)")
    assert 'onclick="' not in linked('https://a.com/"onclick="b')


def test_tables_are_tables() -> None:
    shown = html("| |甲 [1]|\n|---|---|\n|城市|苏州 [1]|", 1)
    assert "<th>甲 <i>1</i></th>" in shown
    assert "<td>苏州 <i>1</i></td>" in shown


def test_statements_come_with_what_proves_them() -> None:
    prose = Prose("共 2 家 [3]：\n\n1. **甲** · 光 [1]\n2. 乙 [1][2]\n", (1, 2, 3))
    assert list(prose.statements()) == [
        ("共 2 家 ：", (3,)),
        ("甲 · 光 ", (1,)),
        ("乙 ", (1, 2)),
    ]


LIST = """共 2 家：

1. **甲** · 光
2. **乙**
（其余 3 家见记录列表。）

相近：

- 丙 · 云

注意。
"""


def test_lists_of_names_go_and_what_follows_stands_apart() -> None:
    prose = Prose(LIST, ())
    assert prose.without(["甲", "乙"], heading=False)
    assert prose.without(["丙"], heading=True)
    head, rest = prose.html(str)
    assert head.strip() == "<p>共 2 家：</p>"
    assert rest.strip() == "<p>注意。</p>"


def test_list_of_anything_else_stays() -> None:
    prose = Prose(LIST, ())
    assert not prose.without(["甲"], heading=False)
    assert not prose.without([], heading=True)
    assert "<ol>" in prose.html(str)[0]


def test_sentence_ends_before_the_names_it_goes_on_with() -> None:
    prose = Prose("苏州共 **2** 家 [1]：甲 [2]、乙 [3]。\n\n注意。", (1, 2, 3))
    assert prose.cut(["甲"])
    head, rest = prose.html(lambda number: f"<i>{number}</i>")
    assert head.strip() == "<p>苏州共 <strong>2</strong> 家 <i>1</i>。</p>"
    assert rest.strip() == "<p>注意。</p>"
    assert not Prose("苏州共 **2** 家。", ()).cut(["甲"])


def test_paragraphs_with_a_sign_are_taken_from_the_end() -> None:
    prose = Prose("⚠ 开头\n\n共 1 家：\n\n⚠ 甲：**两家** <b> [1]\n\n⚠ 乙", (1,))
    taken = prose.take("⚠", lambda number: f"<i>{number}</i>")
    assert taken == [
        ("甲：两家 <b> ", "甲：<strong>两家</strong> &lt;b&gt; <i>1</i>"),
        ("乙", "乙"),
    ]
    assert prose.html(str)[0].strip() == "<p>⚠ 开头</p>\n<p>共 1 家：</p>"
