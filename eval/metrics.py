"""What an answer got right, question by question and per ability."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers.answer import Answer, AnswerValue
from eval.questions import Expectation, Question

_MARK = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LIST_NUMBER = re.compile(r"^\d+\. ", re.MULTILINE)
_TITLE = re.compile(r"《[^》]*》")
_COUNT = re.compile(r"^(\d+)(?:\+|家)$")
_COUNTED = re.compile(r"(\d+) ?家")
_LISTS = re.compile(r"等 (\d+) 份清单")
_IN_FIRST = 3
_VERDICT = "eligibility"


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer judged.

    Attributes:
        failures: What was wrong, in words; none for a right answer.
        precision: Share of the records that are right; None where the set does not matter.
        recall: Share of the required companies that are in the records.
        in_first: Whether a required company is among the first three records.
        values: Whether every value asked for was given; None where none was.
        unfaithful: What the text or a citation states that the source does not.
        milliseconds: Time of the last turn.
    """

    question: Question
    answer: Answer
    failures: tuple[str, ...]
    precision: float | None
    recall: float | None
    in_first: bool | None
    values: bool | None
    unfaithful: tuple[str, ...]
    milliseconds: float

    @property
    def passed(self) -> bool:
        """Whether everything expected was there and nothing else."""
        return not self.failures and not self.unfaithful


def judge(
    question: Question, answer: Answer, lines: Mapping[str, Sequence[str]], milliseconds: float
) -> Judged:
    """Return the judgement of one answer.

    Args:
        question: What was asked and expected.
        answer: The answer to its last turn.
        lines: The lines of every source file by its name.
        milliseconds: How long the last turn took.
    """
    expect = question.expect
    names = [record.name for record in answer.records]
    precision, recall = set_scores(names, expect)
    given = _missing_values(answer, expect)
    checks = (
        _unless(answer.status in expect.status, f"status {answer.status}"),
        _unless(not expect.intent or answer.intent in expect.intent, f"intent {answer.intent}"),
        *_record_failures(names, expect),
        *(f"value {value}" for value in given),
        *_line_failures(answer, expect),
        *(f"related lacks {one}" for one in expect.related if one not in _related(answer)),
        *(f"text lacks {words}" for words in expect.contains if words not in _plain(answer.answer)),
        *(f"text has {words}" for words in expect.excludes if words in _plain(answer.answer)),
    )
    return Judged(
        question=question,
        answer=answer,
        failures=tuple(check for check in checks if check),
        precision=precision,
        recall=recall,
        in_first=bool(set(names[:_IN_FIRST]) & set(expect.required)) if expect.required else None,
        values=not given if expect.values else None,
        unfaithful=tuple(unfaithful(answer, lines)),
        milliseconds=milliseconds,
    )


def _unless(right: bool, failure: str) -> str:  # noqa: FBT001 - a check and its words
    return "" if right else failure


def _plain(text: str) -> str:
    """Return a text without the emphasis that is not part of what it says."""
    return text.replace("**", "").replace("\\", "")


def _related(answer: Answer) -> set[str]:
    return {record.name for record in answer.related}


def set_scores(names: Sequence[str], expect: Expectation) -> tuple[float | None, float | None]:
    """Return precision and recall of a record set; allowed companies count for neither."""
    if expect.required is None:
        return None, None
    required = set(expect.required)
    if not required and expect.allowed:
        return None, None
    counted = set(names) - (expect.allowed - required)
    precision = len(counted & required) / len(counted) if counted else 1.0
    recall = len(counted & required) / len(required) if required else 1.0
    return precision, recall


def _record_failures(names: Sequence[str], expect: Expectation) -> Iterable[str]:
    if expect.required is None:
        return
    missing = [name for name in expect.required if name not in names]
    wrong = [name for name in names if name not in expect.required and name not in expect.allowed]
    if missing:
        yield f"records lack {'、'.join(missing)}"
    if wrong:
        yield f"records have {'、'.join(wrong)}"
    if expect.ordered and not missing:
        head = [name for name in names if name in expect.required]
        if head != list(expect.required):
            yield f"order {'、'.join(head)}"


def _missing_values(answer: Answer, expect: Expectation) -> list[dict[str, str]]:
    return [
        wanted
        for wanted in expect.values
        if not any(
            _gives(given, wanted["value"])
            and wanted.get("field") in (None, given.field)
            and (wanted.get("name") or "") in given.name
            for given in answer.values
        )
    ]


def _gives(given: AnswerValue, wanted: str) -> bool:
    """Return whether a value is the one wanted; 满足 is not given by 不满足."""
    if given.field == _VERDICT:
        return given.value.startswith(wanted)
    return wanted in given.value


def _line_failures(answer: Answer, expect: Expectation) -> Iterable[str]:
    cited = {line for one in answer.citations for line in range(one.line_start, one.line_end + 1)}
    missing = expect.lines - cited
    if missing:
        yield f"uncited lines {sorted(missing)}"


def unfaithful(answer: Answer, lines: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Yield what cannot be trusted: quotes that differ, marks that lead nowhere, loose numbers.

    A number is fine if it stands in a cited line, in the title of a list or in the question, counts
    what the answer gives, or is the sum or difference of figures that are cited.
    """
    for citation in answer.citations:
        told = lines[citation.source][citation.line_start - 1 : citation.line_end]
        if citation.quote != "\n".join(told):
            yield f"quote {citation.id} differs from the file"
    numbers = {citation.id for citation in answer.citations}
    for mark in _MARK.findall(answer.answer):
        if int(mark) not in numbers:
            yield f"mark [{mark}] leads nowhere"
    if answer.intent != "help":
        yield from _loose_numbers(answer)


def _loose_numbers(answer: Answer) -> Iterable[str]:
    quotes = "\n".join(citation.quote for citation in answer.citations)
    figures = [int(number) for number in re.findall(r"\d+(?=\+|家)", quotes)]
    years = [int(number) for number in re.findall(r"\d{4}(?=年)", quotes)]
    arithmetic = {str(a + b) for a in figures for b in figures} | {str(sum(set(figures)))}
    arithmetic |= {str(abs(a - b)) for a in figures for b in figures}
    arithmetic |= _means(figures) | _means(years)
    told = [int(count) for one in answer.values for count in _COUNT.findall(one.value)]
    arithmetic.add(str(sum(told)))
    counted = {value.value for value in answer.values} | {str(len(answer.records))}
    counted |= {number for value in answer.values for number in _NUMBER.findall(value.name)}
    counted |= {one.value.removesuffix("%") for one in answer.values if one.field == "share"}
    asked = answer.question + "".join(word for words in answer.filters.values() for word in words)
    # What explains a doubtful value tells of rules and lines, not only of the sources.
    stated = "\n".join(line for line in answer.answer.splitlines() if not line.startswith("⚠"))
    text = _LIST_NUMBER.sub("", _TITLE.sub("", _MARK.sub("", stated)))
    left_over = set(_LISTS.findall(text)) | set(
        re.findall(r"(?:另有|其余|共收录|分布.*?) (\d+) 家", text)
    )
    fine = counted | arithmetic | left_over | set(re.findall(r"\*\* (\d+) 家：", text))
    loose = [
        number
        for number in _NUMBER.findall(text)
        if number not in quotes and number not in asked and number not in fine
    ]
    shares = _shares({*figures, *told, *map(int, _COUNTED.findall(text))}) if loose else set()
    for number in loose:
        if number not in shares or not re.search(rf"{re.escape(number)} ?[%倍]", text):
            yield f"number {number} stands in no cited line"


def _means(figures: Sequence[int]) -> set[str]:
    """Return mean and median of cited figures, as they may be rounded."""
    if not figures:
        return set()
    found = (statistics.fmean(set(figures)), statistics.fmean(figures), statistics.median(figures))
    return {rounded for one in found for rounded in _rounded(one)}


def _shares(counts: Iterable[int]) -> set[str]:
    """Return every percentage and ratio that two counts make, as they may be rounded."""
    whole = {count for count in counts if count}
    pairs = [(a, b) for a in whole for b in whole]
    return {told for a, b in pairs for one in (100 * a / b, a / b) for told in _rounded(one)}


def _rounded(number: float) -> tuple[str, ...]:
    upwards = number + 1e-9
    return f"{upwards:.0f}", f"{upwards:.1f}", f"{upwards:.2f}", f"{number:g}"


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one ability; None where nothing of it was asked for."""

    ability: str
    questions: int
    passed: float
    precision: float | None
    recall: float | None
    f1: float | None
    in_first: float | None
    values: float | None
    faithful: float
    milliseconds: float


def summarise(ability: str, judged: Sequence[Judged]) -> Summary:
    """Return the means over the answers of one ability; the F1 is the mean of each answer's."""
    return Summary(
        ability=ability,
        questions=len(judged),
        passed=_mean(judged, lambda one: one.passed) or 0.0,
        precision=_mean(judged, lambda one: one.precision),
        recall=_mean(judged, lambda one: one.recall),
        f1=_mean(judged, lambda one: f1(one.precision, one.recall)),
        in_first=_mean(judged, lambda one: one.in_first),
        values=_mean(judged, lambda one: one.values),
        faithful=_mean(judged, lambda one: not one.unfaithful) or 0.0,
        milliseconds=statistics.median(one.milliseconds for one in judged),
    )


def f1(precision: float | None, recall: float | None) -> float | None:
    """Return the harmonic mean of precision and recall."""
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _mean(judged: Sequence[Judged], score: Callable[[Judged], float | None]) -> float | None:
    scores = [float(value) for one in judged if (value := score(one)) is not None]
    return statistics.fmean(scores) if scores else None
