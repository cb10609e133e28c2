"""Measures: how well the program reads, and how fast."""
