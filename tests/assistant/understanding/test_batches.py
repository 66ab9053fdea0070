from __future__ import annotations

import pytest

from assistant.understanding.batches import read_batches


@pytest.mark.parametrize(
    ("text", "first", "last", "count"),
    [
        ("首批", 1, 1, 1),
        ("前三批", 1, 3, 3),
        ("第二到第四批", 2, 4, 3),
        ("第四、第五批", 4, 5, 2),
        ("第三批及以前", 1, 3, 3),
        ("第三批之前", 1, 2, 2),
        ("second batch", 2, 2, 1),
    ],
)
def test_batches_named_together_are_read_as_their_numbers(text, first, last, count):
    (mention,) = read_batches(text)
    numbers = [int(value) for value in mention.values]
    assert (numbers[0], numbers[-1], len(numbers)) == (first, last, count)


def test_batches_from_one_on_have_no_end_that_matters():
    (mention,) = read_batches("第三批及以后")
    assert mention.values[0] == "3"
    assert "12" in mention.values


@pytest.mark.parametrize("text", ["哪一批认定的", "两批之间隔多久", "这批企业"])
def test_other_words_with_batch_name_none(text):
    assert list(read_batches(text)) == []
