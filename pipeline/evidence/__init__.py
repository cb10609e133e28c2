"""Passages offered to the jurors as evidence on the call's markers.

They are found by a reader that learned what labelled dossiers say, or by words, and shown in the order of the document.
Nothing here reads the levels of a marker: a passage says where a subject is spoken of, never how well.
"""

from pipeline.evidence.context import readings
from pipeline.evidence.markers import marker_evidence
from pipeline.evidence.understood import understand

__all__ = ["marker_evidence", "readings", "understand"]
