"""Everything that finds, over an opened index; each part is made when it is first needed."""

from __future__ import annotations

from functools import cached_property, partial

from assistant.search.execute import Searcher
from assistant.search.explain import Explainer
from assistant.search.library import Library, library_of
from assistant.search.meaning import MeaningSearch
from assistant.search.nearby import passages_by_meaning
from assistant.search.passages import PassageFinder
from assistant.search.terms import TermMatcher
from assistant.search.topics import TopicSearch
from index.language.thesaurus import Thesaurus
from index.places.gazetteer import Gazetteer
from index.store.columns import ColumnStore
from index.store.reader import IndexReader


class Finders:
    """What finds companies, rules and notes in an index."""

    def __init__(self, index: IndexReader, thesaurus: Thesaurus, gazetteer: Gazetteer) -> None:
        self.index = index
        self.gazetteer = gazetteer
        self._thesaurus = thesaurus

    @cached_property
    def columns(self) -> ColumnStore:
        """The facts of the index as arrays."""
        return ColumnStore(self.index.records)

    @cached_property
    def topics(self) -> TopicSearch:
        """Decides which companies a description fits; vectors are opened when one needs them."""
        return TopicSearch(
            TermMatcher(self.columns, self._thesaurus),
            self.meaning,
        )

    @cached_property
    def meaning(self) -> MeaningSearch:
        """Finds companies by meaning."""
        return MeaningSearch(self.index, self.columns, self._thesaurus)

    @cached_property
    def library(self) -> Library:
        """What the sources say besides their companies."""
        return library_of(self.index.records)

    @cached_property
    def passages(self) -> PassageFinder:
        """Finds passages by words."""
        return PassageFinder(self.library, lambda: self.index.segmenter, self._thesaurus)

    @cached_property
    def explainer(self) -> Explainer:
        """Finds what answers a question about rules and notes."""
        by_meaning = partial(passages_by_meaning, index=self.index)
        return Explainer(self.library, self.passages, by_meaning, self.gazetteer)

    @cached_property
    def searcher(self) -> Searcher:
        """Finds the evidence for queries."""
        return Searcher(
            self.index.records, self.columns, self.topics, self.gazetteer, lambda _: self.explainer
        )
