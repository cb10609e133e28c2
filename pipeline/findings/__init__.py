"""What a person should look at in a dossier. A finding never decides and never blocks."""

from pipeline.findings.checks import findings

__all__ = ["findings"]
