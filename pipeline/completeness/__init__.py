"""Completeness: what the dossier answers to each required field, with the proof."""
