"""The search of an opened index."""

from __future__ import annotations

from functools import partial

from assistant.search.execute import Searcher
from assistant.search.explain import Explainer
from assistant.search.library import Library
from assistant.search.meaning import MeaningSearch
from assistant.search.nearby import passages_by_meaning
from assistant.search.passages import PassageFinder
from assistant.search.terms import TermMatcher
from assistant.search.topics import TopicSearch
from index.language.thesaurus import Thesaurus
from index.places.gazetteer import Gazetteer
from index.store.columns import ColumnStore
from index.store.reader import IndexReader


def open_topics(index: IndexReader, columns: ColumnStore, thesaurus: Thesaurus) -> TopicSearch:
    """Return what decides which companies of an index a description fits."""
    return TopicSearch(TermMatcher(columns, thesaurus), MeaningSearch(index, columns, thesaurus))


def open_search(index: IndexReader, thesaurus: Thesaurus, gazetteer: Gazetteer) -> Searcher:
    """Return the search of an index; vectors are opened by the first question that needs them."""
    columns = ColumnStore(index.records)

    def explaining(library: Library) -> Explainer:
        passages = PassageFinder(library, lambda: index.segmenter, thesaurus)
        by_meaning = partial(passages_by_meaning, index=index)
        return Explainer(library, passages, by_meaning, gazetteer)

    topics = open_topics(index, columns, thesaurus)
    return Searcher(index.records, columns, topics, gazetteer, explaining)
