"""The assistant's part of the exception tree.

XiaojurenError (index.errors)
├── QuestionError       a question that cannot be taken: empty, too long, not text
├── RevisionError       a change to a question that it has no place for
└── CriteriaError       a filter, an order or a figure that cannot be taken
UncitedValueError       a template would have stated something without a citation; a fault of
                        the program, not of the user, so outside the tree
"""

from __future__ import annotations

from index.errors import XiaojurenError


class QuestionError(XiaojurenError):
    """A question is empty or too long, or holds what is no text."""


class RevisionError(XiaojurenError):
    """A question has no condition of that kind and value, or it cannot be changed like that."""


class CriteriaError(XiaojurenError):
    """A filter, an order or a figure that a program gave cannot be taken.

    Args:
        parameter: Name of the parameter.
        problem: What is wrong with its value and what to do.
    """

    def __init__(self, parameter: str, problem: str) -> None:
        self.parameter = parameter
        super().__init__(f"参数 {parameter}：{problem}")


class UncitedValueError(RuntimeError):
    """A template met a value without a citation, or left one unmarked."""
