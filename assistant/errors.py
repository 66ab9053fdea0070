"""The assistant's part of the exception tree.

XiaojurenError (index.errors)
└── QuestionError       a question that cannot be taken: empty or too long
UncitedValueError       a template would have stated something without a citation; a fault of
                        the program, not of the user, so outside the tree
"""

from __future__ import annotations

from index.errors import XiaojurenError


class QuestionError(XiaojurenError):
    """A question is empty or too long."""


class UncitedValueError(RuntimeError):
    """A template met a value without a citation, or left one unmarked."""
