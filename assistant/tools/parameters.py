"""Kinds of parameters that tools take: how big they may be, and what programs are told of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_MOST_RECORDS = 200
_MOST_VALUES = 50
_MOST_COLUMNS = 20
_MOST_TURNS = 20
_LONGEST = 200
_LONGEST_TURN = 2000
_LARGEST = 1_000_000_000

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=_LONGEST)]
Number = Annotated[float, Field(ge=-_LARGEST, le=_LARGEST, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=0, le=_LARGEST)]

Turns = Annotated[
    list[Annotated[str, StringConstraints(max_length=_LONGEST_TURN)]],
    Field(max_length=_MOST_TURNS),
]
Names = Text | Annotated[list[Text], Field(max_length=_MOST_VALUES)]
Batches = Whole | Text | Annotated[list[Whole | Text], Field(max_length=_MOST_VALUES)]

Share = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Count = Annotated[float, Field(ge=0, le=_LARGEST, allow_inf_nan=False)]
Figures = Annotated[dict[str, Count], Field(max_length=50)]

Limit = Annotated[
    int,
    Field(ge=1, le=_MOST_RECORDS, description=f"最多几家，1 到 {_MOST_RECORDS}：records at most"),
]


class Bounds(BaseModel):
    """Inclusive bounds of a column's number, in the unit that its header names."""

    model_config = ConfigDict(extra="forbid")

    min: Number | None = None
    max: Number | None = None


Columns = Annotated[
    dict[Text, Text | Annotated[list[Text], Field(max_length=_MOST_VALUES)] | Bounds],
    Field(max_length=_MOST_COLUMNS),
]


def several(value: Any) -> tuple[Any, ...]:
    """Return one value, a list of values or none as a tuple."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)
