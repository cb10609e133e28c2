"""The type of innovation: what the applicant declares, and what the dossier's text suggests."""

from pipeline.typology.declared import declared_type
from pipeline.typology.suggested import no_suggestion, suggest_type

__all__ = ["declared_type", "no_suggestion", "suggest_type"]
