"""The reading room: one marker of a dossier, its passages, its scale, and what the juror has made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.analysis import Passage
from pipeline.calls.model import Level, Marker
from pipeline.document import Span
from store.people.drafts import Draft
from store.people.passages import Choice, PassageChoice
from store.people.scores import Score, Shown, ShownPassage
from store.people.viewers import Viewer
from web.french import typeset
from web.opened import Analysed, Opened
from web.views.answer_forms import (
    Given,
    Option,
    Version,
    drafted,
    given_again,
    keys_of,
    options_of,
    told_apart,
)
from web.views.evidence import Mark, Place, place_of
from web.views.markers import MarkerSign, signs_of

_ADDED = "Vous avez ajouté ce passage."
_NO_LONGER = "Le programme ne propose plus ce passage."
_NO_SCALE = (
    "Cet appel ne fixe pas d'échelle, et le jury n'en a pas encore arrêté une pour lui : seul un commentaire peut être "
    "donné. L'instruction peut enregistrer l'échelle convenue dans les réglages de l'appel."
)


@dataclass(frozen=True, slots=True)
class MarkerLink:
    """A marker in the row of all: `state` is submitted, draft or empty."""

    sign: MarkerSign
    href: str
    state: str
    current: bool


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage offered, or added by the juror; `choice` is None as long as they made none."""

    mark: Mark
    document: str
    span: Span
    cues: tuple[str, ...]
    choice: Choice | None
    reason: str


@dataclass(frozen=True, slots=True)
class OldChoice:
    """A choice made on another reading of the dossier: its words only, for their place may have changed."""

    quote: str
    choice: Choice
    reason: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a juror submitted on the marker."""

    name: str
    value: str
    comment: str
    at: datetime
    replaced: bool


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """The form of a marker: `options` is empty where there is no scale, `no_scale` then says why; `keys` by option."""

    options: tuple[Option, ...]
    given: Given
    version: Version
    keys: Mapping[str, str]
    is_draft: bool
    no_scale: str


@dataclass(frozen=True, slots=True)
class MarkerPage:
    """All that the right pane shows."""

    sign: MarkerSign
    marker: Marker
    source: str
    links: tuple[MarkerLink, ...]
    previous: MarkerLink
    following: MarkerLink
    passages: tuple[PassageLine, ...]
    old: tuple[OldChoice, ...]
    form: ScoreForm
    mine: tuple[Said, ...]
    others: tuple[Said, ...]

    @property
    def submitted(self) -> bool:
        return bool(self.mine)

    @property
    def is_last(self) -> bool:
        return self.links[-1].current


@dataclass(frozen=True, slots=True)
class Words:
    """What the juror has on the dossier: drafts, choices and scores that they see."""

    drafts: Mapping[str, Draft]
    choices: tuple[PassageChoice, ...]
    scores: tuple[Score, ...]
    versions: tuple[Score, ...]  # own, of the marker shown, the newest first

    def own(self, viewer: Viewer) -> dict[str, Score]:
        return {score.marker: score for score in self.scores if score.person_id == viewer.id}


def address(dossier_id: str, marker: str) -> str:
    """Of the reading room on a marker."""
    return f"/jury/dossiers/{dossier_id}/lecture?repere={marker}"


def after(dossier: Opened, marker: Marker) -> str:
    """Where a juror goes on to: the marker that follows in the call; after the last, the page of them all."""
    markers = dossier.call.markers
    here = markers.index(marker)
    base = f"/jury/dossiers/{dossier.dossier.id}"
    return address(dossier.dossier.id, markers[here + 1].id) if here + 1 < len(markers) else base


def subject_of(marker: str) -> str:
    """Under which a marker's draft is kept."""
    return f"marker:{marker}"


def levels_of(dossier: Opened, marker: Marker) -> tuple[Level, ...]:
    """The levels that a juror chooses among: the call's own with their wording, else those that the jury agreed on."""
    return marker.levels or tuple(Level(value, "") for value in dossier.room_call.scale)


def value_said(value: str | None, levels: tuple[Level, ...]) -> str:
    """As pages show it; empty where there is no scale to answer on."""
    return value or ("Ne se prononce pas" if levels else "")


def marker_page(dossier: Opened, viewer: Viewer, marker: Marker, words: Words, names: Mapping[int, str]) -> MarkerPage:
    """What the pane shows of `marker`."""
    links = marker_links(dossier, words.own(viewer), words.drafts, marker.id)
    here = next(position for position, link in enumerate(links) if link.current)
    own = words.own(viewer).get(marker.id)
    levels = levels_of(dossier, marker)
    return MarkerPage(
        sign=links[here].sign,
        marker=marker,
        source=_source(dossier, marker),
        links=links,
        previous=links[here - 1],
        following=links[(here + 1) % len(links)],
        passages=passage_lines(dossier, marker, words.choices),
        old=_old_choices(dossier, marker, words.choices),
        form=score_form(dossier, marker, words.drafts, own),
        mine=tuple(_said(score, levels, "Vous", replaced=score != own) for score in words.versions),
        others=tuple(
            _said(score, levels, names.get(score.person_id, ""), replaced=False)
            for score in words.scores
            if score.marker == marker.id and score.person_id != viewer.id
        ),
    )


def marker_links(
    dossier: Opened, own: Mapping[str, Score], drafts: Mapping[str, Draft], current: str = ""
) -> tuple[MarkerLink, ...]:
    """All markers of the call, with what the juror has done on each."""

    def state(marker: str) -> str:
        return "draft" if subject_of(marker) in drafts else "submitted" if marker in own else ""

    return tuple(
        MarkerLink(sign, address(dossier.dossier.id, sign.id), state(sign.id), sign.id == current)
        for sign in signs_of(dossier.call).values()
    )


def score_form(dossier: Opened, marker: Marker, drafts: Mapping[str, Draft], own: Score | None) -> ScoreForm:
    """The form: the juror's draft, else what they submitted, else nothing."""
    draft = drafted(drafts.get(subject_of(marker.id)))
    options = options_of(levels_of(dossier, marker))
    return ScoreForm(
        options=options,
        given=draft or given_before(dossier, marker, own),
        version=told_apart(drafts, subject_of(marker.id), own.id if own else None),
        keys=keys_of(options),
        is_draft=draft is not None,
        no_scale="" if options else typeset(_NO_SCALE),
    )


def given_before(dossier: Opened, marker: Marker, own: Score | None) -> Given:
    """What the juror submitted last, as the form shows it; empty before they did."""
    if own is None:
        return Given("", "")
    return given_again(own.value, own.comment, options_of(levels_of(dossier, marker)))


def passage_lines(dossier: Opened, marker: Marker, choices: Sequence[PassageChoice]) -> tuple[PassageLine, ...]:
    """The passages of a marker in the order of the document: those offered, and those of the juror."""
    analysed = dossier.analysed
    if analysed is None:
        return ()
    offered = {(each.span.start, each.span.end): each for each in offered_for(analysed, marker.id)}
    chosen = {
        (each.place.span.start, each.place.span.end): each
        for each in choices
        if each.marker == marker.id and each.place.document == analysed.document_digest
    }
    sign = signs_of(dossier.call)[marker.id]
    places = sorted(offered.keys() | chosen.keys())
    return tuple(_passage_line(analysed, sign, Span(*at), offered.get(at), chosen.get(at)) for at in places)


def offered_for(analysed: Analysed, marker: str) -> tuple[Passage, ...]:
    """What the machine offers as evidence on a marker."""
    return next((each.passages for each in analysed.analysis.markers if each.id == marker), ())


def shown_for(dossier: Opened, marker: Marker, choices: Sequence[PassageChoice]) -> Shown:
    """What the juror has before the eyes, as it is kept with their score."""
    analysed = dossier.analysed
    if analysed is None:
        return Shown(None, None, ())
    lines = passage_lines(dossier, marker, choices)
    return Shown(analysed.id, analysed.document_digest, tuple(ShownPassage(line.span, line.choice) for line in lines))


def _passage_line(
    analysed: Analysed, sign: MarkerSign, span: Span, offered: Passage | None, chosen: PassageChoice | None
) -> PassageLine:
    kind = "machine" if chosen is None else chosen.choice.value
    quote = offered.quote if offered else chosen.place.quote if chosen else None
    place: Place = place_of(analysed.document, span, quote)
    own = _ADDED if chosen is not None and chosen.choice is Choice.ADDED else _NO_LONGER
    return PassageLine(
        mark=Mark(f"passage-{span.start}-{span.end}", sign.label, sign.title, kind, sign.colour, place),
        document=analysed.document_digest,
        span=span,
        cues=offered.cues if offered else (own,),
        choice=chosen.choice if chosen else None,
        reason=chosen.reason if chosen else "",
    )


def _old_choices(dossier: Opened, marker: Marker, choices: Iterable[PassageChoice]) -> tuple[OldChoice, ...]:
    current = dossier.analysed.document_digest if dossier.analysed else None
    return tuple(
        OldChoice(each.place.quote, each.choice, each.reason)
        for each in choices
        if each.marker == marker.id and each.place.document != current
    )


def _said(score: Score, levels: tuple[Level, ...], name: str, *, replaced: bool) -> Said:
    return Said(name, value_said(score.value, levels), score.comment, score.at, replaced)


def _source(dossier: Opened, marker: Marker) -> str:
    titles = {source.key: source.title for source in dossier.call.sources}
    return f"{titles.get(marker.source.document, dossier.call.title)}, {marker.source.place}"
