"""An answer as typed blocks whose values carry citations; Markdown, HTML and JSON render these.

    Answer = Block, Block, …      Block = Sentence | Companies | Table | … of runs
    Run = Plain (our own or the user's words, counts) | Cited (a source's words with its marks)

Nothing parses a rendering back: who wants to know what an answer says reads its blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import UncitedValueError


@dataclass(frozen=True, slots=True)
class Plain:
    """Words that state nothing about the sources: our wording, the user's words, counts.

    ``strong`` marks emphasis.
    """

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A source's own words.

    Attributes:
        text: The words; empty where the marks prove what our own words before them count.
        marks: Numbers of the citations that prove them, at least one.
        flagged: Whether a data-quality finding is about them.
        strong: Whether they are emphasised, as a company's name is.
        url: Where they lead, for a homepage.
    """

    text: str
    marks: tuple[int, ...]
    flagged: bool = False
    strong: bool = False
    url: str = ""

    def __post_init__(self) -> None:
        if not self.marks:
            raise UncitedValueError(f"a source's words without a mark: {self.text}")


Run = Plain | Cited
Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One paragraph; the first block of an answer is a sentence that answers the question."""

    text: Text


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """A company in a list.

    Attributes:
        id: Its public id.
        name: Its name.
        details: What is told of it: fields asked for and proof of conditions, without labels.
        fields: Labelled fields, for a profile.
        reason: Why it was found by meaning: the trades.
    """

    id: str
    name: Cited
    details: tuple[Text, ...] = ()
    fields: tuple[tuple[str, Text], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Companies:
    """Companies, numbered where ``ordered`` or where there are several.

    Attributes:
        cards: Those that are shown.
        total: How many there are.
        related: Whether they only come close to what was asked.
    """

    cards: tuple[CompanyCard, ...]
    total: int
    related: bool = False
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a header and rows of cells, each cell a text that may be empty."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class GroupItem:
    """A group: what it is called, its figure as it is told, and the first few of its members."""

    label: Text
    figure: Text
    members: tuple[Cited, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Groups:
    """Companies or statistics by group, in the order asked for."""

    items: tuple[GroupItem, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement judged: ``result`` is 满足, 不满足 or 未说明."""

    dimension: Text
    requirement: Text
    result: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The requirements of one document judged.

    Attributes:
        title: Title of the document; empty where there is only one.
        outcome: What they come to, in one sentence.
    """

    title: str
    verdicts: tuple[Verdict, ...]
    outcome: Text = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Passages in a source's own words, under the title of their document.

    Attributes:
        title: Title of the document; empty where there is only one.
        lines: The passages.
        as_of: The sentence that dates the document; empty if none does.
    """

    title: str
    lines: tuple[Text, ...]
    as_of: Text = ()


class NoticeKind(StrEnum):
    """What a notice is about."""

    UNKNOWN = "unknown"
    MEANING = "meaning"
    CORRECTED = "corrected"
    UNREAD = "unread"
    FLAGGED = "flagged"
    NEAR = "near"
    AUTHORITY = "authority"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about the answer, beside what it says."""

    kind: NoticeKind
    text: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read an ambiguous question, with the question that says it plainly."""

    label: Text
    question: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What an ambiguous question may mean."""

    choices: tuple[Choice, ...]


Block = (
    Sentence | Companies | Table | Groups | Verdicts | Quotation | Notice | Choices
)  # fmt: skip
