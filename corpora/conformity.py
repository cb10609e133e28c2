"""Whether labelled dossiers are what their plan and their call say: checked on gold, before any program is run."""

from collections.abc import Iterable

from corpora.gold import GoldDossier
from corpora.plan import PlannedDossier
from pipeline.analysis import AnalysisStatus, SectionStatus
from pipeline.calls.model import Call

MOST_PASSAGES = 6


def gold_problems(gold: GoldDossier, call: Call) -> list[str]:
    """What a gold file says that its call does not know, or leaves out."""
    if gold.status is AnalysisStatus.UNREADABLE:
        return []
    found = []
    if [section.id for section in gold.sections] != [field.id for field in call.fields]:
        found.append(f"{gold.dossier}: fields are not those of the call, in its order")
    if [marker.id for marker in gold.markers] != [marker.id for marker in call.markers]:
        found.append(f"{gold.dossier}: markers are not those of the call, in its order")
    optional = {field.id for field in call.fields if field.optional}
    for section in gold.sections:
        answered = section.status in (SectionStatus.PRESENT, SectionStatus.THIN)
        if answered and not section.evidence:
            found.append(f"{gold.dossier}: field {section.id} is {section.status} and nowhere")
        if not answered and section.evidence:
            found.append(f"{gold.dossier}: field {section.id} is {section.status} and has a place")
        if section.status is SectionStatus.NOT_APPLICABLE and section.id not in optional:
            found.append(f"{gold.dossier}: field {section.id} is asked of all and said not to apply")
    found += [
        f"{gold.dossier}: marker {marker.id} has {len(marker.passages)} passages"
        for marker in gold.markers
        if len(marker.passages) > MOST_PASSAGES
    ]
    return found


def plan_problems(gold: GoldDossier, planned: PlannedDossier) -> list[str]:
    """Where a dossier was not written as it was planned."""
    found = []
    for status, wanted in (
        (SectionStatus.ABSENT, planned.absent),
        (SectionStatus.THIN, planned.thin),
        (SectionStatus.NOT_APPLICABLE, planned.not_applicable),
    ):
        written = {section.id for section in gold.sections if section.status is status}
        if written != set(wanted):
            found.append(f"{gold.dossier}: {status} {_listed(written)} instead of {_listed(wanted)}")
    types = (gold.innovation_type.main, gold.innovation_type.second, gold.innovation_type.declared)
    if types != (planned.main, planned.second, planned.declared):
        found.append(f"{gold.dossier}: types {types} instead of {(planned.main, planned.second, planned.declared)}")
    missing = set(planned.defects) - {defect.code for defect in gold.defects}
    if missing:
        found.append(f"{gold.dossier}: planned and not written: {_listed(missing)}")
    return found


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(values)) or "none"
