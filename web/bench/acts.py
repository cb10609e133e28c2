"""What people write while others read: the forms of the room's own pages, filled by chance, sent with their tokens."""

from collections.abc import Callable
from itertools import count
from random import Random

from web.bench.forms import Form, forms
from web.bench.visitor import Visitor
from web.bench.walk import Step, Walker

_COMMENT = "Écrit pour la mesure."
_FIELD_STATUSES = ("present", "thin", "absent")

Act = Callable[[Visitor], None]


def acts_of(walker: Walker, markers: tuple[str, ...], chance: Random) -> tuple[Act, ...]:
    """What this person writes, each act as often as wanted; none for those who only read."""
    if walker.decides_on:
        return (
            lambda visitor: _decide(visitor, walker, chance),
            lambda visitor: _give_to_juror(visitor, walker, chance),
        )
    if walker.answers_on:
        places = count()
        return (lambda visitor: _answer(visitor, walker, markers, next(places), chance),)
    return ()


def _decide(visitor: Visitor, walker: Walker, chance: Random) -> None:
    """Says what a field is, as the page's script does."""
    page = visitor.get(Step("Dossier", f"/dossiers/{walker.decides_on}"))
    fields = [form for form in forms(page) if form.hidden.get("kind") == "field"]
    if fields:
        said = {"value": chance.choice(_FIELD_STATUSES), "note": _COMMENT}
        visitor.post_as_script("Décision (écrit)", chance.choice(fields), said)


def _give_to_juror(visitor: Visitor, walker: Walker, chance: Random) -> None:
    """Gives all the dossiers of their department to a juror, then undoes it."""
    table = f"/appels/{walker.call}/dossiers"
    page = visitor.get(Step("Tableau, un département", f"{table}?departement={walker.department}"))
    for form in _to(page, "/actions"):
        said = {"portee": "filtre", "action": "jury:", "jure": chance.choice(form.choices["jure"]), "confirme": "true"}
        done = visitor.post("Dossiers donnés à un juré (écrit)", form, said)
        number = done.partition("fait=")[2].partition("&")[0]
        if not number:
            continue  # someone else changed these dossiers meanwhile: nothing was done
        for undo in _to(visitor.get(Step("Tableau, après une action", done)), f"/{number}/annuler")[:1]:
            visitor.post("Action annulée (écrit)", undo, {})


def _answer(visitor: Visitor, walker: Walker, markers: tuple[str, ...], place: int, chance: Random) -> None:
    """Writes an answer on the next marker, which is kept as a draft, then submits it."""
    dossier_id = walker.answers_on[place // len(markers) % len(walker.answers_on)]
    room = f"/jury/dossiers/{dossier_id}"
    page = visitor.get(Step("Salle de lecture", f"{room}/lecture?repere={markers[place % len(markers)]}"))
    for form in _to(page, "/brouillon"):
        levels = form.choices.get("value", [])
        said = {"comment": _COMMENT} | ({"value": chance.choice(levels)} if levels else {})
        kept = visitor.post_as_script("Brouillon (écrit)", form, said)
        sent = Form(form.action.replace("/brouillon", "/soumission"), form.hidden)
        visitor.post("Réponse soumise (écrit)", sent, said | {"version": str(kept.get("version", ""))})


def _to(page: str, end: str) -> list[Form]:
    return [form for form in forms(page) if form.action.endswith(end)]
