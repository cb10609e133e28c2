"""Marker passages against gold: what is found, what is shown for nothing, silence, and reading saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from corpora.gold import GoldDossier, GoldMarker, squash
from evaluation.figures import Measure, Tally, f1_of, ratio
from evaluation.matching import same_passage
from evaluation.misses import Miss

DEPTHS = (3, 5, 8)
ENOUGH = 0.95
"""Share of a dossier's gold passages that a juror must meet (the analogue of work saved over sampling at 95 %)."""

_RELEVANCES = {"decisive": "décisifs", "useful": "utiles"}

MEASURES: tuple[Measure, ...] = (
    *(
        ratio(
            f"passages.{relevance}.{depth}",
            f"Passages {label} montrés parmi {depth} au plus",
            f"passages/{relevance}/{depth}",
            f"passages/{relevance}",
        )
        for relevance, label in _RELEVANCES.items()
        for depth in DEPTHS
    ),
    ratio("passages.precision", "Passages montrés qui sont de référence", "shown/right", "shown"),
    f1_of("passages.f1", "Passages (de référence et montrés), F1", "passages-all"),
    ratio("passages.silence", "Silence respecté quand le dossier se tait", "silent/kept", "silent"),
    ratio(
        "passages.reading-saved",
        f"Lecture épargnée pour {round(100 * ENOUGH)} % des passages",
        "words/spared",
        "words",
    ),
)


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """What a system shows of each marker, by the most that it may show, and its ranking of the dossier's sentences.

    `ranked[marker]` are indices in `sentences`, best first; sentences that it leaves out come last, in order.
    """

    shown: Mapping[int, Mapping[str, Sequence[str]]]
    sentences: Sequence[str]
    ranked: Mapping[str, Sequence[int]]


def tally_passages(gold: GoldDossier, found: FoundPassages) -> Tally:
    """Counts of one dossier, with the same by marker under `marker/<id>/`."""
    shown = {
        depth: {marker: [squash(text) for text in texts] for marker, texts in by_marker.items()}
        for depth, by_marker in found.shown.items()
    }
    tally: Tally = Tally()
    for marker in gold.markers:
        one = _tally_marker(marker, {depth: by_marker.get(marker.id, []) for depth, by_marker in shown.items()})
        tally.update(one)
        tally.update({f"marker/{marker.id}/{name}": count for name, count in one.items()})
    tally.update(_reading_saved(gold, found))
    return tally


def _tally_marker(gold: GoldMarker, shown: Mapping[int, Sequence[str]]) -> Tally:
    most = shown[DEPTHS[-1]]
    passages = [(passage.relevance, squash(passage.text)) for passage in gold.passages]
    tally: Tally = Tally()
    for relevance, text in passages:
        tally[f"passages/{relevance}"] += 1
        for depth in DEPTHS:
            tally[f"passages/{relevance}/{depth}"] += any(same_passage(text, quote) for quote in shown[depth])
    right = sum(any(same_passage(text, quote) for _, text in passages) for quote in most)
    met = sum(any(same_passage(text, quote) for quote in most) for _, text in passages)
    tally.update({"shown": len(most), "shown/right": right})
    tally.update({"passages-all/gold": len(passages), "passages-all/gold-met": met})
    tally.update({"passages-all/said": len(most), "passages-all/said-right": right})
    if not passages:
        tally.update({"silent": 1, "silent/kept": not most})
    return tally


def _reading_saved(gold: GoldDossier, found: FoundPassages) -> Tally:
    """Words left unread by who reads, marker after marker, the best sentence, then the second, until enough is met."""
    wanted = {squash(passage.text) for marker in gold.markers for passage in marker.passages}
    lengths = [len(text.split()) for text in found.sentences]
    texts = [squash(text) for text in found.sentences]
    missing, needed = set(wanted), ENOUGH * len(wanted)
    read: set[int] = set()
    for index in reading_order(found, [marker.id for marker in gold.markers]):
        if len(wanted) - len(missing) >= needed:
            break
        read.add(index)
        missing -= {text for text in missing if same_passage(text, texts[index])}
    total = sum(lengths)
    return Tally({"words": total, "words/spared": total - sum(lengths[index] for index in read)})


def reading_order(found: FoundPassages, markers: Sequence[str]) -> list[int]:
    """Each sentence once: the best of each marker, then the second of each, ..., then the others as they stand."""
    columns = [found.ranked.get(marker, ()) for marker in markers]
    ranked = (index for row in zip_longest(*columns) for index in row if index is not None)
    return list(dict.fromkeys([*ranked, *range(len(found.sentences))]))


def missed_passages(gold: GoldDossier, found: FoundPassages) -> list[Miss]:
    """Each decisive passage that is not shown, and each marker on which something is shown for nothing."""
    misses = []
    for marker in gold.markers:
        quotes = [squash(text) for text in found.shown[DEPTHS[-1]].get(marker.id, ())]
        for passage in marker.passages:
            text = squash(passage.text)
            if passage.relevance == "decisive" and not any(same_passage(text, quote) for quote in quotes):
                misses.append(
                    Miss(gold.call, gold.dossier, f"repère {marker.id}", passage.text, f"{len(quotes)} autres")
                )
        if not marker.passages and quotes:
            misses.append(Miss(gold.call, gold.dossier, f"repère {marker.id}", "silence", f"{len(quotes)} passages"))
    return misses
