"""Everything that can be browsed of one generation."""

from __future__ import annotations

import threading
from functools import cached_property

from assistant.browsing.catalog import Catalog
from assistant.browsing.charts import Charts
from assistant.browsing.map import CompanyMap, company_map
from assistant.browsing.similar import Similar
from index.language.thesaurus import load_thesaurus
from index.store.columns import ColumnStore
from index.store.reader import IndexReader


class Browsing:
    """What can be browsed, each part made when it is first needed."""

    def __init__(self, index: IndexReader, columns: ColumnStore) -> None:
        self._index = index
        self._columns = columns
        self._drawing = threading.Lock()

    @cached_property
    def catalog(self) -> Catalog:
        """All companies, to be searched, narrowed and sorted."""
        return Catalog(self._index.records, self._columns)

    @cached_property
    def charts(self) -> Charts:
        """All companies, to be counted."""
        return Charts(self.catalog, self._columns)

    @cached_property
    def similar(self) -> Similar:
        """Knows which companies are most like one."""
        return Similar(self._index.records, load_thesaurus())

    def map(self) -> CompanyMap:
        """Return the map; whoever asks while it is being drawn waits for the same one."""
        with self._drawing:
            return self._map

    @cached_property
    def _map(self) -> CompanyMap:
        return company_map(self._index, load_thesaurus())
