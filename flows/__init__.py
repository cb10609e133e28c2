"""Prefect flows, settings, the composition of the tools, and the command line."""
