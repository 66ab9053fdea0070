"""The index on disk: generations, records, words and vectors."""
