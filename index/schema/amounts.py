"""Former place of :func:`index.schema.numbers.parse_amount`."""

from index.schema.numbers import parse_amount as parse_amount
