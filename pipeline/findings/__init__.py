"""What a person should look at in a dossier. A finding never decides and never blocks."""

from pipeline.findings.checks import findings
from pipeline.findings.files import file_findings

__all__ = ["file_findings", "findings"]
