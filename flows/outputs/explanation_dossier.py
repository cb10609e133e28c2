"""The parts of an explanation that tell what was read of the dossier, and what of it answers the call."""

from collections import Counter
from collections.abc import Iterator, Sequence

from flows.explain import KeptAnalysis
from flows.outputs.explanation import Entry, Part, Quote, first_words
from flows.outputs.explanation_models import is_learned
from flows.outputs.page import places_text
from pipeline.analysis import SectionStatus
from pipeline.contract import AnalysisOut, FileOut, PageOut, PassageOut, SectionOut
from pipeline.document import BlockKind, Document
from pipeline.findings.wording import page_ranges
from pipeline.labels import FACT_LABELS, STATUS_LABELS, TYPE_LABELS, fact_text, suggested_text
from pipeline.text import listed, plural

LAW = "article R. 311-3-1-2 du code des relations entre le public et l'administration"

_PAGES = {
    "text": "texte du fichier",
    "form": "texte du fichier et réponses d'un formulaire",
    "ocr": "reconnaissance de caractères (OCR)",
    "empty": "aucun texte, page vide",
    "failed": "non lue",
}
_BLOCKS = (
    (BlockKind.PARAGRAPH, "paragraphe", "paragraphes"),
    (BlockKind.ITEM, "élément de liste", "éléments de liste"),
    (BlockKind.TABLE, "tableau", "tableaux"),
    (BlockKind.ANSWER, "réponse de formulaire", "réponses de formulaire"),
    (BlockKind.NOTE, "annotation", "annotations"),
)
_STATUSES = {
    SectionStatus.PRESENT: ("présent", "présents"),
    SectionStatus.THIN: ("insuffisant", "insuffisants"),
    SectionStatus.ABSENT: ("absent", "absents"),
    SectionStatus.NOT_APPLICABLE: ("sans objet", "sans objet"),
}


class Quoting:
    """Turns passages of a dossier into quotes; files are named where there are several."""

    def __init__(self, result: AnalysisOut) -> None:
        self._name_files = len(result.dossier.files) > 1

    def quotes(self, passages: Sequence[PassageOut]) -> tuple[Quote, ...]:
        """Each place and words once."""
        return tuple(dict.fromkeys(self.quote(passage) for passage in passages))

    def quote(self, passage: PassageOut, why: str = "") -> Quote:
        return Quote(places_text([passage], name_files=self._name_files), first_words(passage.quote), why)


def nature(kept: KeptAnalysis, markers: int) -> Part:
    """What the treatment is and is not, and who decides."""
    call = kept.call
    decides = ""
    if call is not None:
        decides = (
            f" ; la procédure de l'appel ({call.institution}), que montre « reperes calls show {call.id} », dit qui "
            "instruit et qui décide"
        )
    return Part(
        "nature",
        "Ce qu'est ce traitement, et ce qu'il n'est pas",
        (
            "Repères prépare la lecture d'un dossier. Il dit, pour chaque champ demandé par l'appel, s'il a trouvé une "
            "réponse et où ; il relève des faits ; il suggère un type d'innovation sociale ; il montre des passages du "
            f"dossier pour chacun des {markers} repères ; il signale ce qui mérite un regard.",
            "Il ne donne aucune note, ne classe aucun dossier, ne compare aucun dossier à un autre et ne décide rien. "
            "Il ne propose ni ne prépare la note d'un repère : aucun nombre n'accompagne un passage, et aucun calcul "
            "ne lit les niveaux des repères.",
            "Rien de ce qu'il dit n'a d'effet par lui-même : une personne le vérifie dans le dossier, et seul le jury "
            f"note{decides}.",
            f"Cette explication suit l'{LAW} : ce qu'une administration communique, à qui le demande, d'un traitement "
            "algorithmique sur le fondement duquel une décision individuelle a été prise.",
        ),
        law=law(1, "le degré et le mode de contribution du traitement à la prise de décision"),
    )


def law(number: int, what: str) -> str:
    """Which of the four things that the law asks for a part answers."""
    return f"{number}° de l'article R. 311-3-1-2 : {what}"


def data(kept: KeptAnalysis, result: AnalysisOut) -> Part:
    """Files, pages, the source of each page's text, pages that were not read."""
    files = result.dossier.files
    call = f"du fichier de l'appel « {result.dossier.call} »"
    return Part(
        "donnees",
        "Les données",
        (
            f"Le traitement part {'du fichier déposé' if len(files) < 2 else f'des {len(files)} fichiers déposés'} et "
            f"{call}, et de rien d'autre : ni registre, ni site, ni autre dossier n'est consulté, et rien ne quitte "
            "l'ordinateur.",
        ),
        tuple(_file(file) for file in files),
        law=law(2, "les données traitées et leurs sources"),
    )


def _file(file: FileOut) -> Entry:
    read = file.status == "read"
    sources = tuple(_page_sources(file.page_states)) if read else ()
    notes = tuple(note.message for note in file.notes)
    text = plural(file.pages, "page", "pages") if read else f"Non lu. {file.message or ''}".strip()
    return Entry(file.name, text, notes=(*sources, *notes, f"empreinte SHA-256 : {file.sha256}"))


def _page_sources(pages: Sequence[PageOut]) -> Iterator[str]:
    """« pages 1 à 4 : reconnaissance de caractères (OCR) »."""
    groups: dict[tuple[str, str], list[int]] = {}
    for page in pages:
        groups.setdefault((page.state, page.message or ""), []).append(page.page)
    for (state, message), numbers in groups.items():
        yield f"{page_ranges(numbers)} : {_PAGES[state]}{f' – {message}' if message else ''}"


def operations(kept: KeptAnalysis, result: AnalysisOut) -> Part:
    """What was done, in order, with what each step saw."""
    steps = list(_reading_steps(kept.document))
    if result.status == "analysed":
        steps += _analysis_steps(result, [model.name for model in kept.analysis.provenance.models if is_learned(model)])
    return Part(
        "operations",
        "Les opérations, dans l'ordre",
        (),
        tuple(Entry(f"{number}. {title}", text) for number, (title, text) in enumerate(steps, start=1)),
        law=law(4, "les opérations effectuées par le traitement"),
    )


def _reading_steps(document: Document) -> Iterator[tuple[str, str]]:
    states = Counter(page.state.value for page in document.pages)
    how = "".join(f" ; {_PAGES[state]} : {states[state]}" for state in _PAGES if states[state])
    yield "Lecture des fichiers", f"{plural(len(document.pages), 'page', 'pages')}{how}."
    kinds = Counter(block.kind for block in document.blocks)
    blocks = [plural(kinds[kind], one, many) for kind, one, many in _BLOCKS if kinds[kind]]
    words = f"{len(document.words):,}".replace(",", " ")
    yield "Mise en ordre du texte", f"Mots situés sur leur page : {words} ; {listed(blocks) or 'aucun texte'}."


def _analysis_steps(result: AnalysisOut, learned: Sequence[str]) -> Iterator[tuple[str, str]]:
    facts = [name for name, fact in result.facts.items() if fact is not None]
    yield "Découpage en phrases", "Chaque paragraphe, élément de liste ou tableau est lu phrase par phrase."
    if learned:
        yield (
            "Lecture par les modèles appris",
            f"{listed([f'« {name} »' for name in learned])} : ils disent de chaque phrase, d'après ce qui l'entoure, "
            "de quoi elle parle ; des seuils en tirent les passages et le type suggéré.",
        )
    yield "Relevé des faits", f"{plural(len(facts), 'fait énoncé', 'faits énoncés')} dans le dossier."
    statuses = Counter(section.status for section in result.sections)
    counts = [plural(statuses[status.value], *names) for status, names in _STATUSES.items() if statuses[status.value]]
    asked = plural(len(result.sections), "champ demandé", "champs demandés")
    yield "Recherche de chaque champ demandé", f"{asked} : {listed(counts)}."
    kind = result.innovation_type
    declared = TYPE_LABELS[kind.declared] if kind.declared else "non trouvé"
    yield "Type", f"Déclaré par le porteur : {declared} ; suggéré par le texte : {suggested_text(kind.suggested)}."
    shown = sum(len(marker.passages) for marker in result.markers)
    silent = sum(not marker.passages for marker in result.markers)
    markers = plural(len(result.markers), "repère", "repères")
    yield (
        "Choix des passages par repère",
        f"{plural(shown, 'passage', 'passages')} pour {markers}, dont {silent} sans passage.",
    )
    yield "Contrôles de l'appel", f"{plural(len(result.findings), 'constat', 'constats')}."
    yield "Réserve", "Ce qui n'a pas été lu est dit partout où quelque chose n'a pas été trouvé."


def fields(kept: KeptAnalysis, result: AnalysisOut, quoting: Quoting) -> Part:
    """Each required field: its status, the reason, where it is answered."""
    places = {field.id: field.source.place for field in kept.call.fields} if kept.call else {}
    *others, last = (f"« {label} »" for label in STATUS_LABELS.values())
    return Part(
        "champs",
        "Les champs demandés",
        (
            f"Un champ est {', '.join(others)} ou {last}. « Absent » veut dire non trouvé par le programme, et se "
            "vérifie dans le dossier.",
        ),
        tuple(_field(section, places.get(section.id, ""), quoting) for section in result.sections),
    )


def _field(section: SectionOut, place: str, quoting: Quoting) -> Entry:
    notes = (f"demandé par l'appel : {place}",) if place else ()
    number = f"{section.id}. " if len(section.id) <= 2 else ""
    status = SectionStatus(section.status)
    evidence = quoting.quotes(section.evidence)
    return Entry(f"{number}{section.title}", section.reason, status, notes, evidence)


def facts(result: AnalysisOut, quoting: Quoting) -> Part:
    """Each fact with where it was read; those that were looked for and not found."""
    found = {name: fact for name, fact in result.facts.items() if fact is not None}
    order = [*(name for name in FACT_LABELS if name in found), *(name for name in found if name not in FACT_LABELS)]
    entries = [
        Entry(
            FACT_LABELS.get(name, name), fact_text(name, found[name].value), quotes=quoting.quotes(found[name].evidence)
        )
        for name in order
    ]
    lacking = [FACT_LABELS.get(name, name) for name, fact in result.facts.items() if fact is None]
    said = f" Cherchés et non trouvés : {listed(lacking)}." if lacking else ""
    return Part("faits", "Les faits", (f"Un fait que le dossier n'énonce pas n'est pas deviné.{said}",), tuple(entries))
