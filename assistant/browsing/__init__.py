"""What the page shows without a question: facets, charts, the map, profiles, comparisons, lists."""
