"""Company rows: their names, their cells, and the rows of one company joined."""
