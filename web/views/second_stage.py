"""What jurors answer beside the markers: the feasibility grid of a second stage, the items of a synthesis."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.calls.model import Call, FeasibilityGrid, Statement
from store.people.answers import NOT_APPLICABLE, Answer, AnswerKind
from store.people.drafts import Draft
from store.people.outcomes import Outcome, parent
from store.people.viewers import Viewer
from web.french import typeset
from web.views.answer_forms import Given, Option, Version, fault_of, given_again, options_of, told_apart
from web.views.outcomes import label

TITLES: Mapping[AnswerKind, str] = {
    AnswerKind.GRID: "Grille de faisabilité",
    AnswerKind.SYNTHESIS: "Synthèse",
}
NAMES: Mapping[AnswerKind, str] = {AnswerKind.GRID: "faisabilite", AnswerKind.SYNTHESIS: "synthese"}
"""As addresses name them."""

GivenByItem = Mapping[str, tuple[Given, tuple[Option, ...]]]
"""What a form holds of each item, with what it may be answered with."""


@dataclass(frozen=True, slots=True)
class Said:
    """What someone answered to an item."""

    name: str
    value: str
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """An item: the form's fields hold `given`; `mine` is what was submitted."""

    item: str
    text: str
    options: tuple[Option, ...]
    given: Given
    mine: Said | None
    others: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one title, which is empty for those of a synthesis."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """A whole form."""

    kind: AnswerKind
    title: str
    wording: str
    groups: tuple[Group, ...]
    version: Version
    is_draft: bool

    @property
    def questions(self) -> Iterator[Question]:
        for group in self.groups:
            yield from group.questions

    @property
    def submitted(self) -> bool:
        return any(question.mine for question in self.questions)


def items_of(call: Call, kind: AnswerKind) -> tuple[tuple[str, tuple[tuple[Statement, tuple[Option, ...]], ...]], ...]:
    """The groups of a form: their title, their items, and what each is answered with."""
    if kind is AnswerKind.SYNTHESIS:
        return (("", tuple((item, ()) for item in call.synthesis_items)),)
    return () if call.grid is None else tuple(_groups(call.grid))


def sheet_of(
    call: Call,
    kind: AnswerKind,
    viewer: Viewer,
    given: Sequence[Answer],
    drafts: Mapping[str, Draft],
    names: Mapping[int, str],
) -> AnswerSheet:
    """The form with the juror's draft, else what they submitted, else nothing; others' answers that they may see."""
    draft = drafts.get(kind.value)
    own = {answer.item: answer for answer in given if answer.person_id == viewer.id}

    def question(item: Statement, options: tuple[Option, ...]) -> Question:
        mine = own.get(item.id)
        others = (each for each in given if each.item == item.id and each.person_id != viewer.id)
        return Question(
            item=item.id,
            text=item.text,
            options=options,
            given=_given(draft, mine, item.id, options),
            mine=_said(mine, "Vous", options) if mine else None,
            others=tuple(_said(each, names.get(each.person_id, ""), options) for each in others),
        )

    groups = tuple(
        Group(title, tuple(question(item, options) for item, options in items)) for title, items in items_of(call, kind)
    )
    wording = call.grid.wording if kind is AnswerKind.GRID and call.grid else ""
    return AnswerSheet(kind, TITLES[kind], wording, groups, version_now(kind, own, drafts), draft is not None)


def version_now(kind: AnswerKind, own: Mapping[str, Answer], drafts: Mapping[str, Draft]) -> Version:
    """The version of the form: its last answer and its draft."""
    return told_apart(drafts, kind.value, max((answer.id for answer in own.values()), default=None))


def answers_in(call: Call, kind: AnswerKind, fields: Mapping[str, str]) -> GivenByItem:
    """What a form holds of every item."""
    return {
        item.id: (Given(fields.get(f"value-{item.id}", ""), fields.get(f"comment-{item.id}", "")), options)
        for _title, items in items_of(call, kind)
        for item, options in items
    }


def content_of(call: Call, kind: AnswerKind, fields: Mapping[str, str]) -> dict[str, str]:
    """What a draft keeps of a form: every field by its name."""
    kept = {}
    for item, (given, options) in answers_in(call, kind, fields).items():
        if options:
            kept[f"value-{item}"] = given.value
        kept[f"comment-{item}"] = given.comment
    return kept


def faults_of(given: GivenByItem) -> str:
    """What keeps answers from being submitted; items left empty are not answered, which is no fault."""
    begun = [(answer, options) for answer, options in given.values() if answer.value or answer.comment.strip()]
    if not begun:
        return "Rien n'est rempli."
    return next((fault for answer, options in begun if (fault := fault_of(answer, options))), "")


def why_shut(call: Call, kind: AnswerKind, held: Sequence[Outcome], *, submitted: bool) -> str:
    """Why a form is no longer filled, and what opens it again."""
    own = "Ce que vous avez soumis reste lisible." if submitted else "Vous n’aviez rien soumis."
    last = held[-1].outcome if held else None
    first = None if last is None else parent(call, last)
    if kind is AnswerKind.GRID and last is not None and first is not None:
        return typeset(
            f"Le jury a conclu « {label(call, last)} » : la grille ne se remplit plus. {own} "
            "Elle se rouvre si, la séance étant encore ouverte, la présidence reprend la lecture et enregistre de "
            f"nouveau « {label(call, first)} »."
        )
    return typeset(
        f"La présidence a arrêté la lecture de ce dossier ou clos sa séance : vos réponses ne se modifient plus. {own} "
        "Elle peut reprendre la lecture tant que la séance est ouverte ; ensuite, une autre séance le peut."
    )


def _groups(grid: FeasibilityGrid) -> Iterator[tuple[str, tuple[tuple[Statement, tuple[Option, ...]], ...]]]:
    for group in grid.groups:
        options = options_of(grid.values, if_relevant=group.if_relevant)
        yield group.title, tuple((item, options) for item in group.items)


def _given(draft: Draft | None, mine: Answer | None, item: str, options: tuple[Option, ...]) -> Given:
    if draft is not None:
        return Given(draft.content.get(f"value-{item}", ""), draft.content.get(f"comment-{item}", ""))
    return Given("", "") if mine is None else given_again(mine.value, mine.comment, options)


def _said(answer: Answer, name: str, options: tuple[Option, ...]) -> Said:
    value = answer.value or ("Ne se prononce pas" if options else "")
    return Said(name, "Sans objet" if value == NOT_APPLICABLE else value, answer.comment, answer.at)
