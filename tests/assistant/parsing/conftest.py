"""A parser of questions about the seeds, which goes by words alone."""

from __future__ import annotations

import pytest

from assistant.parsing.opening import parser_of
from assistant.parsing.parser import Parser
from index.store.records import Records


@pytest.fixture(scope="session")
def parser(seed_records: Records) -> Parser:
    return parser_of(seed_records)
