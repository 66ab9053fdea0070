"""Question sets and measurements."""
