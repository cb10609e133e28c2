"""What a juror has said, to be read again, printed or taken away: of one dossier, or of all those of a call."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import xlsxwriter

from pipeline.calls.model import Call
from pipeline.text import alphabetical
from store.people.answers import Answer, AnswerKind
from store.people.calls import RoomCall
from store.people.passages import Choice, PassageChoice
from store.people.scores import Score, Stated
from store.people.viewers import Viewer
from web.opened import Opened
from web.views.evidence import place_of
from web.views.markers import MarkerSign, signs_of
from web.views.reading_room import levels_of, value_said
from web.views.second_stage import AnswerSheet, sheet_of

_MOST = 32_767  # characters that a cell may hold


@dataclass(frozen=True, slots=True)
class ChosenPassage:
    """A passage kept, added or set aside; `where` is empty when it is no longer placed."""

    quote: str
    where: str
    choice: Choice
    reason: str


@dataclass(frozen=True, slots=True)
class MarkerSaid:
    """What the juror submitted on a marker, and the passages that they chose."""

    sign: MarkerSign
    value: str
    comment: str
    at: datetime | None
    passages: tuple[ChosenPassage, ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One score in the list of all."""

    dossier_id: str
    dossier: str
    sign: MarkerSign
    value: str
    comment: str
    at: datetime


def markers_said(dossier: Opened, own: Mapping[str, Score], choices: Sequence[PassageChoice]) -> tuple[MarkerSaid, ...]:
    """Every marker of the call, in its order."""
    signs = signs_of(dossier.call)
    said = []
    for marker in dossier.call.markers:
        score = own.get(marker.id)
        said.append(
            MarkerSaid(
                sign=signs[marker.id],
                value=value_said(score.value, levels_of(dossier, marker)) if score else "",
                comment=score.comment if score else "",
                at=score.at if score else None,
                passages=tuple(_chosen(dossier, each) for each in choices if each.marker == marker.id),
            )
        )
    return tuple(said)


def sheets_said(
    dossier: Opened, given: Mapping[AnswerKind, Sequence[Answer]], viewer: Viewer
) -> tuple[AnswerSheet, ...]:
    """The grid and the synthesis, where the juror has submitted some of it."""
    own = {kind: [answer for answer in answers if answer.person_id == viewer.id] for kind, answers in given.items()}
    return tuple(sheet_of(dossier.call, kind, viewer, answers, {}, {}) for kind, answers in own.items() if answers)


def statement(
    call: Call, room_call: RoomCall, own: Sequence[Stated], names: Mapping[str, str]
) -> tuple[StatementLine, ...]:
    """Every score of the juror in a call, by name of dossier and in the call's order of markers."""
    signs = signs_of(call)
    order = list(signs)
    scaled = {marker.id: marker.levels or room_call.scale for marker in call.markers}
    by_name = sorted(names, key=lambda dossier_id: (alphabetical(names[dossier_id]), dossier_id))
    place = {dossier_id: number for number, dossier_id in enumerate(by_name)}
    lines = [
        StatementLine(
            dossier_id=score.dossier_id,
            dossier=names[score.dossier_id],
            sign=signs[score.marker],
            value=score.value or ("Ne se prononce pas" if scaled[score.marker] else ""),
            comment=score.comment,
            at=score.at,
        )
        for score in own
        if score.marker in signs and score.dossier_id in names
    ]
    return tuple(sorted(lines, key=lambda line: (place[line.dossier_id], order.index(line.sign.id))))


def by_dossier(lines: Sequence[StatementLine]) -> tuple[tuple[StatementLine, ...], ...]:
    """The same lines, those of a dossier together."""
    return tuple(tuple(own) for _dossier, own in groupby(lines, key=lambda line: line.dossier_id))


def spreadsheet(lines: Sequence[StatementLine]) -> bytes:
    """An .xlsx workbook with a row per score; texts stay texts."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet("Mes réponses")
        bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "valign": "top"})
        for column, (title, width) in enumerate(
            (("Dossier", 36), ("Repère", 36), ("Ma note", 18), ("Commentaire", 80))
        ):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        for row, line in enumerate(lines, 1):
            for column, text in enumerate((line.dossier, line.sign.title, line.value, line.comment)):
                sheet.write_string(row, column, text[:_MOST], wrapped)
        sheet.freeze_panes(1, 1)
    return buffer.getvalue()


def _chosen(dossier: Opened, choice: PassageChoice) -> ChosenPassage:
    analysed, where = dossier.analysed, ""
    if analysed is not None and analysed.document_digest == choice.place.document:
        where = place_of(analysed.document, choice.place.span, choice.place.quote).where
    return ChosenPassage(choice.place.quote, where, choice.choice, choice.reason)
