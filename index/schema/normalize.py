"""Former place of functions that now stand in :mod:`index.text` and :mod:`index.schema`."""

from index.schema.dates import parse_year as parse_year
from index.schema.numbers import parse_integer as parse_integer
from index.schema.values import host_of as host_of
from index.schema.values import parse_batch as parse_batch
from index.schema.values import parse_count as parse_count
from index.schema.values import parse_headcount as parse_headcount
from index.schema.values import parse_website as parse_website
from index.schema.words import is_blank as is_blank
from index.text import fold as fold
from index.text import is_whole_word as is_whole_word
from index.text import plain_heading as plain_heading
