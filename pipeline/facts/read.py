"""All the facts of a dossier: each read by its own module, none of them guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.analysis import Fact
from pipeline.calls.model import Call
from pipeline.document import Document
from pipeline.facts.aid import read_aid
from pipeline.facts.amounts import Amount
from pipeline.facts.budget import Budget, half_places, half_total
from pipeline.facts.budget_choice import read_budget
from pipeline.facts.context import Context, HasSpan
from pipeline.facts.duration import read_timing
from pipeline.facts.identity import read_identity
from pipeline.facts.people import read_partners, read_research_team
from pipeline.facts.place import read_seat
from pipeline.facts.prose_budget import read_prose_budget
from pipeline.facts.readings import AidMention, Identity, Number, Seat, Stated, Timing, distinct_spans
from pipeline.facts.stage import read_stage
from pipeline.facts.stated_budget import read_stated_budget


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything that was read, with all its places: what facts are drawn from and findings compare."""

    context: Context
    identity: Identity
    seat: Seat
    aid: tuple[AidMention, ...]
    aid_in_budget: Amount | None
    budget: Budget | None
    stated_budget: tuple[Amount, ...]
    timing: Timing
    stage: Stated | None
    research_team: Stated | None
    partners: Stated | None


def read_dossier(document: Document, call: Call, sentences: Sequence[HasSpan]) -> Readings:
    """Reads everything that facts and findings need, once. `sentences` are those of the document, in order."""
    context = Context.of(document, call, sentences)
    identity = read_identity(context)
    budget = read_budget(context)
    if budget is None or (budget.charges is None or budget.produits is None):
        budget = read_prose_budget(context) or budget
    return Readings(
        context=context,
        identity=identity,
        seat=read_seat(context, identity),
        aid=read_aid(context),
        aid_in_budget=budget.aid_asked if budget is not None else None,
        budget=budget,
        stated_budget=read_stated_budget(context),
        timing=read_timing(context, budget),
        stage=read_stage(context),
        research_team=read_research_team(context),
        partners=read_partners(context),
    )


def facts_of(readings: Readings) -> tuple[Fact, ...]:
    """The facts to be drawn from what was read, in a fixed order."""
    return tuple(fact for fact in _all_facts(readings) if fact is not None)


def _all_facts(readings: Readings) -> Iterator[Fact | None]:
    identity, seat = readings.identity, readings.seat
    yield _stated("porteur", identity.name)
    yield _siren(identity)
    yield _number("siret", identity.sirets, 14)
    yield _number("rna", identity.rnas, 10)
    yield _stated("statut_juridique", identity.legal_form)
    yield _stated("date_creation", identity.created)
    yield _stated("commune", seat.commune)
    yield _stated("code_postal", seat.postal_code)
    yield _stated("departement", seat.department)
    yield _aid(readings)
    yield from _budget_facts(readings)
    yield _duration(readings)
    yield _stated("stade", readings.stage)
    yield _stated("equipe_de_recherche", readings.research_team)
    yield _stated("partenaires", readings.partners)


def _stated(name: str, stated: Stated | None) -> Fact | None:
    return None if stated is None else Fact(name, stated.value, stated.evidence)


def _number(name: str, numbers: Sequence[Number], length: int) -> Fact | None:
    """The first number with right check digits, else the first of the right length, with all its places."""
    long_enough = sorted(
        (number for number in numbers if len(number.value) >= length), key=lambda number: not number.valid
    )
    if not long_enough:
        return None
    value = long_enough[0].value[:length]
    spans = (number.span for number in long_enough if number.value[:length] == value)
    return Fact(name, value, distinct_spans(spans))


def _siren(identity: Identity) -> Fact | None:
    """The SIREN as stated, else the first nine figures of the SIRET."""
    stated = _number("siren", identity.sirens, 9)
    from_siret = _number("siren", identity.sirets, 9)
    if stated is None or from_siret is None or stated.value != from_siret.value:
        return stated or from_siret
    return Fact("siren", stated.value, distinct_spans((*stated.evidence, *from_siret.evidence)))


def _aid(readings: Readings) -> Fact | None:
    amounts = [mention.amount for mention in readings.aid]
    if readings.aid_in_budget is not None:
        amounts.append(readings.aid_in_budget)
    if not amounts:
        return None
    first = amounts[0]
    return Fact("aide_demandee_eur", first.euros, distinct_spans(a.span for a in amounts if a.cents == first.cents))


def _budget_facts(readings: Readings) -> Iterator[Fact | None]:
    budget = readings.budget
    charges = half_total(budget.charges) if budget else None
    produits = half_total(budget.produits) if budget else None
    stated = _stated_totals(budget)
    total = next((amount for amount in (*stated, *readings.stated_budget)), None) or charges or produits
    yield _amount_fact("budget_total_eur", total, (*stated, *readings.stated_budget))
    sides = (half_places(budget.charges), half_places(budget.produits)) if budget else ((), ())
    for name, half, places in (("charges", charges, sides[0]), ("produits", produits, sides[1])):
        if half is not None:
            yield Fact(f"budget_{name}_eur", half.euros, distinct_spans(places))
    if charges is not None and produits is not None:
        tolerance = max(charges.unit, produits.unit)
        balanced = abs(charges.cents - produits.cents) <= tolerance
        if not balanced and len(stated) == 1:
            return  # the half whose total is not written may lack lines too
        yield Fact("budget_equilibre", balanced, distinct_spans((*sides[0], *sides[1])))


def _stated_totals(budget: Budget | None) -> tuple[Amount, ...]:
    halves = (budget.charges, budget.produits) if budget else ()
    return tuple(half.total.amount for half in halves if half is not None and half.total is not None)


def _amount_fact(name: str, amount: Amount | None, others: tuple[Amount, ...]) -> Fact | None:
    if amount is None:
        return None
    same = (other.span for other in others if other.cents == amount.cents)
    return Fact(name, amount.euros, distinct_spans((amount.span, *same)))


def _duration(readings: Readings) -> Fact | None:
    lengths = readings.timing.action
    if not lengths:
        return None
    value = lengths[0].months
    return Fact("duree_mois", value, distinct_spans(length.span for length in lengths if length.months == value)[:5])
