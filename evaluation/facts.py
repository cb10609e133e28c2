"""Facts and findings against gold."""

from collections.abc import Iterable, Mapping

from corpora.gold import GoldDossier, GoldFact, squash
from evaluation.figures import Measure, Tally, ratio
from evaluation.misses import Miss
from pipeline.analysis import FactValue
from pipeline.contract import CONTRACT_FACTS

MEASURES: tuple[Measure, ...] = (
    ratio("facts.exact", "Faits justes", "facts/right", "facts"),
    *(
        ratio(f"facts.exact.{name}", f"Fait juste : {name}", f"facts/{name}/right", f"facts/{name}")
        for name in CONTRACT_FACTS
    ),
    ratio("facts.invented", "Faits inventés (parmi ceux que le dossier ne dit pas)", "unstated/said", "unstated"),
    ratio("defects.noticed", "Défauts plantés signalés (autres que de champs)", "defects/noticed", "defects"),
)

# Told by the statuses of fields, and measured there.
_OF_SECTIONS = frozenset({"thin-section", "absent-section", "placeholder", "missing-document"})


def tally_facts(gold: GoldDossier, found: Mapping[str, FactValue | None], findings: Iterable[str]) -> Tally:
    """Counts of one dossier; `found` gives the value of each fact, `findings` the codes of the findings."""
    tally: Tally = Tally()
    stated = {fact.name: fact for fact in gold.facts}
    for name in CONTRACT_FACTS:
        value = found.get(name)
        if name in stated:
            right = same_value(stated[name], value)
            tally.update({"facts": 1, f"facts/{name}": 1, "facts/right": right, f"facts/{name}/right": right})
        else:
            tally.update({"unstated": 1, "unstated/said": value is not None})
    codes = set(findings)
    for defect in _measured_defects(gold):
        tally.update({"defects": 1, "defects/noticed": defect in codes})
        tally.update({f"defects/{defect}": 1, f"defects/{defect}/noticed": defect in codes})
    return tally


def _measured_defects(gold: GoldDossier) -> list[str]:
    return [defect.code for defect in gold.defects if defect.code not in _OF_SECTIONS]


def same_value(gold: GoldFact, value: FactValue | None) -> bool:
    """Exact, but for a name said more or less fully: "SCOP" and "SCOP SARL" are the same for a reader."""
    if isinstance(gold.value, str) and isinstance(value, str):
        expected, found = squash(gold.value), squash(value)
        return bool(found) and (expected in found or found in expected)
    return type(gold.value) is type(value) and gold.value == value


def missed_facts(gold: GoldDossier, found: Mapping[str, FactValue | None], findings: Iterable[str]) -> list[Miss]:
    """Each wrong or invented fact, and each planted defect that no finding tells."""
    stated = {fact.name: fact for fact in gold.facts}
    misses = []
    for name in CONTRACT_FACTS:
        value, fact = found.get(name), stated.get(name)
        if (fact is None and value is not None) or (fact is not None and not same_value(fact, value)):
            expected = "non dit" if fact is None else str(fact.value)
            misses.append(
                Miss(gold.call, gold.dossier, f"fait {name}", expected, "rien" if value is None else str(value))
            )
    codes = set(findings)
    said = ", ".join(sorted(codes)) or "rien"
    misses += [
        Miss(gold.call, gold.dossier, "défaut", code, said) for code in _measured_defects(gold) if code not in codes
    ]
    return misses
