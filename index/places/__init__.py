"""Provinces, cities and districts, and where texts name them."""
