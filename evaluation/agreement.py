"""How far results agree with gold labels: statuses of fields, facts, planted defects, marker passages.

Figures are counts, so that a reader sees on how little or how much they stand.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from corpora.gold import GoldDossier, GoldFact, GoldPassage
from pipeline.analysis import FactValue
from pipeline.contract import CONTRACT_FACTS
from pipeline.text import fold

# Counted among the statuses of fields.
_SECTION_DEFECTS = frozenset({"thin-section", "absent-section", "placeholder", "missing-document"})
_SAME_PASSAGE = 85.0  # partial ratio, 0..100, above which a quote and a gold passage are the same stretch


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a result and a gold label part. `what` is e.g. "section 8"."""

    dossier: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """`hits` out of `total`."""

    hits: int
    total: int

    def __str__(self) -> str:
        share = f" ({self.hits / self.total:.2f})" if self.total else ""
        return f"{self.hits}/{self.total}{share}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that was compared. `statuses` counts (gold status, found status)."""

    statuses: Mapping[tuple[str, str], int]
    facts: Ratio
    facts_invented: int  # facts that the gold says the dossier does not state
    defects: Ratio
    types: Ratio
    decisive: Ratio  # decisive gold passages that are shown
    useful: Ratio
    precision: Ratio  # shown passages that are gold ones
    silence: Ratio  # markers on which the dossier is silent and nothing is shown
    differences: tuple[Difference, ...]

    @property
    def sections(self) -> Ratio:
        """Fields whose status is right."""
        right = sum(count for (gold, found), count in self.statuses.items() if gold == found)
        return Ratio(right, sum(self.statuses.values()))

    @property
    def sections_missed(self) -> Ratio:
        """Absent or thin fields said as such (either word)."""
        return self._among({"absent", "thin"}, {"absent", "thin"})

    @property
    def sections_accused(self) -> Ratio:
        """Present fields wrongly said absent or thin."""
        return self._among({"present"}, {"absent", "thin"})

    def _among(self, gold_statuses: set[str], found_statuses: set[str]) -> Ratio:
        among = {pair: count for pair, count in self.statuses.items() if pair[0] in gold_statuses}
        return Ratio(sum(n for (_, found), n in among.items() if found in found_statuses), sum(among.values()))


def load_results(folder: Path) -> dict[str, dict[str, Any]]:
    """The `analysis.json` of every dossier under `folder`, by dossier name."""
    found = (json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("analysis.json")))
    return {result["dossier"]["id"]: result for result in found}


def compare(gold: Iterable[GoldDossier], results: Mapping[str, Mapping[str, Any]]) -> Agreement:
    """Compares each gold dossier with its result; a dossier without a result counts as all wrong."""
    counts: Counter[str] = Counter()
    statuses: Counter[tuple[str, str]] = Counter()
    differences: list[Difference] = []
    for dossier in gold:
        result = results.get(dossier.dossier)
        if result is None or result["status"] != dossier.status.value:
            found = result["status"] if result else "no result"
            differences.append(Difference(dossier.dossier, "status", dossier.status.value, found))
        if result is None:
            continue
        if dossier.status.value == "analysed":
            _compare_sections(dossier, result, statuses, differences)
            _compare_type(dossier, result, counts, differences)
            _compare_facts(dossier, result, counts, differences)
            _compare_passages(dossier, result, counts)
        _compare_defects(dossier, result, counts, differences)
    return Agreement(
        statuses=dict(statuses),
        facts=_ratio(counts, "facts"),
        facts_invented=counts["facts invented"],
        defects=_ratio(counts, "defects"),
        types=_ratio(counts, "types"),
        decisive=_ratio(counts, "decisive"),
        useful=_ratio(counts, "useful"),
        precision=_ratio(counts, "precision"),
        silence=_ratio(counts, "silence"),
        differences=tuple(differences),
    )


def _ratio(counts: Counter[str], name: str) -> Ratio:
    return Ratio(counts[f"{name} hit"], counts[name])


def _count(counts: Counter[str], name: str, hit: bool) -> bool:
    counts[name] += 1
    counts[f"{name} hit"] += hit
    return hit


def _compare_sections(
    dossier: GoldDossier,
    result: Mapping[str, Any],
    statuses: Counter[tuple[str, str]],
    differences: list[Difference],
) -> None:
    found = {section["id"]: section["status"] for section in result["sections"]}
    for section in dossier.sections:
        status = found.get(section.id, "no section")
        statuses[section.status.value, status] += 1
        if status != section.status.value:
            differences.append(Difference(dossier.dossier, f"section {section.id}", section.status.value, status))


def _compare_type(
    dossier: GoldDossier, result: Mapping[str, Any], counts: Counter[str], differences: list[Difference]
) -> None:
    gold, suggested = dossier.innovation_type, result["innovation_type"]["suggested"]
    right = not suggested if gold.main is None else bool(suggested) and suggested[0] in {gold.main, gold.second}
    if not _count(counts, "types", right):
        differences.append(Difference(dossier.dossier, "type", str(gold.main), ", ".join(suggested) or "none"))
    declared = result["innovation_type"]["declared"]
    if declared != gold.declared:
        differences.append(Difference(dossier.dossier, "declared type", str(gold.declared), str(declared)))


def _compare_facts(
    dossier: GoldDossier, result: Mapping[str, Any], counts: Counter[str], differences: list[Difference]
) -> None:
    stated = {fact.name: fact for fact in dossier.facts}
    for name, fact in stated.items():
        found = result["facts"].get(name)
        value = found["value"] if found else None
        if not _count(counts, "facts", _same_value(fact, value)):
            differences.append(Difference(dossier.dossier, f"fact {name}", str(fact.value), str(value)))
    for name, found in result["facts"].items():
        if found is not None and name not in stated and name in CONTRACT_FACTS:
            counts["facts invented"] += 1
            differences.append(Difference(dossier.dossier, f"fact {name}", "not stated", str(found["value"])))


def _same_value(gold: GoldFact, value: FactValue | None) -> bool:
    if isinstance(gold.value, str) and isinstance(value, str):
        expected, found = _letters(gold.value), _letters(value)
        # "SCOP" and "SCOP SARL", "Les Ateliers" and "Association Les Ateliers" are the same for a reader.
        return bool(found) and (expected in found or found in expected)
    return type(gold.value) is type(value) and gold.value == value


def _compare_defects(
    dossier: GoldDossier, result: Mapping[str, Any], counts: Counter[str], differences: list[Difference]
) -> None:
    codes = {finding["code"] for finding in result["findings"]}
    found = ", ".join(sorted(codes)) or "none"
    missed = (
        defect.code
        for defect in dossier.defects
        if defect.code not in _SECTION_DEFECTS and not _count(counts, "defects", defect.code in codes)
    )
    differences.extend(Difference(dossier.dossier, "defect", code, found) for code in missed)


def _compare_passages(dossier: GoldDossier, result: Mapping[str, Any], counts: Counter[str]) -> None:
    shown = {
        marker["id"]: [_letters(_whole_quote(passage)) for passage in marker["passages"]]
        for marker in result["markers"]
    }
    for marker in dossier.markers:
        quotes = shown.get(marker.id, [])
        if not marker.passages:
            _count(counts, "silence", not quotes)
        for passage in marker.passages:
            _count(counts, passage.relevance, any(_same_passage(passage, quote) for quote in quotes))
        for quote in quotes:
            _count(counts, "precision", any(_same_passage(passage, quote) for passage in marker.passages))


def _whole_quote(passage: Mapping[str, Any]) -> str:
    return " ".join([passage["quote"], *(rest["quote"] for rest in passage.get("continues", ()))])


def _same_passage(gold: GoldPassage, quote: str) -> bool:
    text = _letters(gold.text)
    return bool(quote) and fuzz.partial_ratio(text, quote) >= _SAME_PASSAGE


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
