"""The page: its views, and what draws answers and companies as HTML."""
