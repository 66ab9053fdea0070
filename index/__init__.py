"""Offline half of xiaojuren: read sources, normalise, merge, chunk, embed, store."""
