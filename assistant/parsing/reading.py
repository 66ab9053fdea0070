"""A cover taken apart by the part that its spans play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.parsing.clauses import Clause, clauses
from assistant.parsing.columns import column_leaves
from assistant.parsing.conditions import Leaf, leaves, named
from assistant.parsing.joining import alternating, apart, composed
from assistant.parsing.negation import negated
from assistant.parsing.quotes import quoted_leaves
from assistant.parsing.spans import Category, Span
from assistant.parsing.text import Text
from assistant.parsing.topics import Depth, description, joins, runs
from assistant.parsing.vocabulary import FieldWord
from assistant.predicates import alternative, conjunction, conjuncts
from assistant.query import About, Named, Not, Predicate


@dataclass(frozen=True)
class Reading:
    """One cover of a question.

    Attributes:
        text: The question.
        spans: The cover, without gaps.
        this_year: The year that ages count from.
        ranking: The column by which a list ranks its companies, if one does.
        dated: The lists' own columns of dates by what happened then.
        articled: Whether any rule document has articles.
    """

    text: Text
    spans: Sequence[Span]
    this_year: int
    ranking: str | None = None
    dated: Mapping[str, str] = field(default_factory=dict)
    articled: bool = False

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses."""
        return clauses(self.text.folded, self.spans)

    @cached_property
    def aside(self) -> frozenset[int]:
        """The words that only tell of the asker."""
        told = (at for one in self.clauses if one.telling for at in range(one.start, one.end))
        return frozenset(at for at in told if self.spans[at].category is Category.WORD)

    @cached_property
    def _negated(self) -> tuple[list[Leaf], set[int]]:
        quoted = list(quoted_leaves(self.text.folded, self.spans))
        inside = {at for leaf in quoted for at in leaf.used}
        said = [one for one in column_leaves(self.spans) if not one.used & inside]
        columns = [*quoted, *said]
        taken = {at for leaf in columns for at in leaf.used}
        conditions = [
            leaf
            for leaf in leaves(self.spans, self.this_year, self.ranking, self.dated)
            if not leaf.used & inside
        ]
        taken.update(at for leaf in conditions for at in leaf.used)
        told = [
            *columns,
            *conditions,
            *named(self.spans),
            *(
                leaf
                for leaf in runs(self.text.folded, self.spans, self.clauses)
                if not leaf.used <= taken
            ),
        ]
        return negated(self.text.folded, self.spans, told)

    @property
    def told(self) -> list[Leaf]:
        """Everything that may narrow: conditions, companies and descriptions, in order."""
        return self._negated[0]

    @cached_property
    def companies(self) -> list[Leaf]:
        """The companies named and not excluded."""
        return [one for one in self.told if isinstance(one.predicate, Named) and not one.negated]

    @cached_property
    def excluded(self) -> list[Leaf]:
        """The companies excluded by name."""
        return [one for one in self.told if isinstance(one.predicate, Named) and one.negated]

    @cached_property
    def conditions(self) -> list[Leaf]:
        """The conditions on fields and lists."""
        return [one for one in self.told if not isinstance(one.predicate, Named | About)]

    @cached_property
    def descriptions(self) -> list[Leaf]:
        """The runs of content words."""
        return [one for one in self.told if isinstance(one.predicate, About)]

    def _describing(self, depth: Depth) -> list[Leaf]:
        """Return the runs that may describe: clauses aside if generous and nobody is named."""
        if depth is Depth.GENEROUS and not self.companies:
            return self.descriptions
        return [
            one
            for one in self.descriptions
            if not any(c.aside and c.start <= one.at < c.end for c in self.clauses)
        ]

    @cached_property
    def negations(self) -> frozenset[int]:
        """Indices of the words that turn something round."""
        return frozenset(self._negated[1])

    def asks(self, *names: str) -> list[int]:
        """Return the indices of the operators of some names."""
        return [
            at
            for at, one in enumerate(self.spans)
            if one.category is Category.ASK and one.value in names and not self._done(at)
        ]

    def _done(self, at: int) -> bool:
        """Return whether a word that asks for companies says what they do: 从事搜索的."""
        doing = at > 0 and self.spans[at - 1].category is Category.DOING
        return doing and self.spans[at].value == "wanted"

    def of(self, *categories: Category) -> list[int]:
        """Return the indices of the spans of some categories."""
        return [at for at, one in enumerate(self.spans) if one.category in categories]

    @cached_property
    def fields(self) -> list[tuple[int, FieldWord]]:
        """The fields named, those aside that a condition uses."""
        used = {at for leaf in self.conditions for at in leaf.used}
        return [
            (at, one.value)
            for at, one in enumerate(self.spans)
            if one.category is Category.FIELD
            and at not in used
            and not any(c.telling and c.start <= at < c.end for c in self.clauses)
        ]

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the fields named, each once."""
        return tuple(dict.fromkeys(word.key for _, word in self.fields))

    def where(
        self,
        *,
        without: frozenset[int] = frozenset(),
        described: bool = True,
        depth: Depth = Depth.STRICT,
    ) -> tuple[Predicate, frozenset[int]]:
        """Return the conditions, exclusions and description, with the spans they explain.

        Args:
            without: Indices of spans whose leaves play another part.
            described: Whether content words describe companies.
            depth: Which of them do so beside conditions and linked words.
        """
        kept = [one for one in (*self.conditions, *self.excluded) if not one.used & without]
        describing = self._describing(depth)
        against = [one for one in describing if one.negated and described]
        wanted = [
            one for one in describing if not one.negated and not one.used & without and described
        ]
        if several := self._apart(kept, wanted, against):
            every = frozenset(at for leaf in (*kept, *wanted) for at in leaf.used)
            parts = [
                self.where(without=without | every - inside, depth=depth) for inside in several
            ]
            return alternative(one for one, _ in parts), frozenset().union(*(u for _, u in parts))
        # A description that is an alternative to a condition joins it.
        folded = self.text.folded
        beside = [
            one
            for one in wanted
            if getattr(one.predicate, "terms", ())
            and alternating(folded, self.spans, self.told, one)
        ]
        wanted = [one for one in wanted if one not in beside]
        told = sorted((*kept, *against, *beside), key=lambda leaf: leaf.at)
        taken = frozenset(at for leaf in told for at in leaf.used)
        either = joins(self.text.folded, self.spans, wanted)
        about, explained = description(
            self.text,
            self.spans,
            wanted,
            taken,
            either=either,
            narrowed=bool(kept),
            depth=depth,
        )
        predicate = composed(self.text.folded, self.spans, told)
        used = taken | explained | self.negations
        told_of = conjuncts(predicate)
        ruled_out = [one for one in told_of if isinstance(one, Not) and isinstance(one.part, About)]
        rest = [one for one in told_of if one not in ruled_out]
        return conjunction((*rest, *((about,) if about else ()), *ruled_out)), used

    def _apart(
        self, kept: Sequence[Leaf], wanted: Sequence[Leaf], against: Sequence[Leaf]
    ) -> list[frozenset[int]]:
        """Return what each of several descriptions is told by, where linked words tell them."""
        if against or not all(getattr(one.predicate, "terms", ()) for one in wanted):
            return []
        told = sorted((*kept, *wanted), key=lambda leaf: leaf.at)
        parts = apart(self.text.folded, self.spans, told)
        return [frozenset(at for leaf in part for at in leaf.used) for part in parts]
