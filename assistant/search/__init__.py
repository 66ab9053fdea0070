"""Queries executed: the algebra compiled to SQL, topics by words and meaning, evidence fetched."""
