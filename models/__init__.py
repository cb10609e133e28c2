"""Learned and lexical models behind the protocols of `pipeline.protocols`."""
