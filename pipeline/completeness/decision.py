"""Is a field answered? Content under its headings, content elsewhere, or nothing but words that announce it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import groupby, takewhile

from pipeline.completeness.annexes import annex_hits
from pipeline.completeness.evidence import (
    Hit,
    Reading,
    announced,
    headings_for,
    kinds,
    opens_with,
    passages,
    under,
    weight,
)
from pipeline.completeness.headings import Heading
from pipeline.completeness.natures import (
    Nature,
    Referral,
    has_specifics,
    is_bare_list,
    names_team,
    referral_of,
    states_aim,
    wishes,
)
from pipeline.completeness.targets import Target
from pipeline.document import BlockKind
from pipeline.lexicon.cues import Stance, Strength

FOLLOWS_PLAN = 0.5  # from this share of announced fields on, a field without heading needs more to be found

_PROMISED = ("evaluation", "stade", "publics")  # topics of which a mere promise is worth showing
BEARER = "porteur"  # the topic of the part that holds the bearer's own accounts
FEW = 3  # below this many telling units, the first ones of the part are shown too
NEAR = 4  # units between two amounts of the same budget
LEAST_AMOUNTS = 3
SHORT = 8  # words of an answer that is a mere name or stage
SUBSTANCE = 25  # words that answer under a heading of the field's own, whatever they are
COMMITTED = 10  # words that answer there when a figure, a list or a name is among them
DENSE = 3  # cues of two kinds at least by which a single sentence answers in a text of few headings
DENSITY = 2  # one sentence in so many speaks of the field in a part that is about it
WHOLE_STORY = 60  # words that, at the place of the summary, tell the action
RICH = 3  # a sentence that says this many kinds of things about a field answers it by itself


class Basis(StrEnum):
    """What the status rests on."""

    UNDER_HEADING = "under-heading"
    IN_ANNEX = "in-annex"
    IN_PLACE = "in-place"
    ELSEWHERE = "elsewhere"
    EMPTY_HEADING = "empty-heading"
    PLACEHOLDER = "placeholder"
    DEFERRED = "deferred"
    COPIED_QUESTION = "copied-question"
    MISSING_ANNEX = "missing-annex"
    LOST_REFERRAL = "lost-referral"
    DENIED = "denied"
    TOO_VAGUE = "too-vague"
    VAGUE_ELSEWHERE = "vague-elsewhere"
    NO_MISSION = "no-mission"
    NOTHING = "nothing"


_SETTLED = (Basis.DENIED, Basis.PLACEHOLDER, Basis.DEFERRED)  # nothing elsewhere answers what the bearer leaves open


class Caution(Enum):
    """Why a passage without heading of its own might not be meant as the answer."""

    NONE = "few headings, or a heading that sends its reader elsewhere"
    PLANNED = "the other fields have headings"
    UNANSWERED = "a heading of its own has no answer below it"


@dataclass(frozen=True)
class Verdict:
    """What was read of one field. `hits` are the units that show it; `headings` those that announce it."""

    target: Target
    basis: Basis
    hits: tuple[Hit, ...] = ()
    headings: tuple[Heading, ...] = ()
    referral: Referral | None = None

    @property
    def answered(self) -> bool:
        return self.basis in {Basis.UNDER_HEADING, Basis.IN_ANNEX, Basis.IN_PLACE, Basis.ELSEWHERE}


def decide(reading: Reading, target: Target) -> Verdict:
    """Reads the whole dossier for one field."""
    hits = reading.hits(target)
    headings = headings_for(reading, target)
    below = _before_next_accounts(target, under(hits, target, strong=True))
    if headings:
        verdict = _under_headings(reading, target, hits, headings, below)
        if verdict.answered or verdict.basis in _SETTLED:
            return verdict
    spoken = announced(hits, target)
    put_off = tuple(hit for hit in hits if _is_put_off(target, hit))
    if put_off and not headings:
        return Verdict(target, Basis.DEFERRED, put_off)
    if spoken and not headings and _answers(target, spoken, headed=True, shared=True):
        return Verdict(target, Basis.ELSEWHERE, _telling(target, spoken))
    faint = under(hits, target, strong=False)
    if faint and _answers(target, faint, headed=True, shared=True):
        return Verdict(target, Basis.UNDER_HEADING, _telling(target, faint), _above(target, faint))
    in_place = _in_place(reading, target, hits)
    if in_place is not None:
        return in_place
    aims = _listed_aims(reading, target, hits)
    if aims:
        return Verdict(target, Basis.ELSEWHERE, aims, headings)
    elsewhere = _elsewhere(reading, target, hits, _caution(reading, headings or spoken, below))
    if elsewhere:
        return Verdict(target, Basis.ELSEWHERE, elsewhere, headings)
    return verdict if headings else _unannounced(target, hits, spoken)


def _before_next_accounts(target: Target, below: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """What is put off as a part opens is not given by the table of accounts that comes right after it."""
    if target.expectation.needs_accounts or not below or below[0].nature is not Nature.DEFERRED:
        return below
    return tuple(takewhile(lambda hit: not _is_account_row(hit), below))


def _caution(reading: Reading, places: Sequence[object], below: Sequence[Hit]) -> Caution:
    """How much a passage without heading must say: more where the applicant had a place for it."""
    if any((referral := referral_of(hit.unit)) is not None and not referral.joined for hit in below):
        return Caution.NONE
    if places:
        return Caution.UNANSWERED
    return Caution.PLANNED if reading.headed_share >= FOLLOWS_PLAN else Caution.NONE


def _under_headings(
    reading: Reading, target: Target, hits: Sequence[Hit], headings: tuple[Heading, ...], below: tuple[Hit, ...]
) -> Verdict:
    shared = all(sum(aim.strong for aim in heading.aims) > 1 for heading in headings)
    if target.field.optional and _opens_with_denial(below):
        return Verdict(target, Basis.DENIED, tuple(hit for hit in below if _denies(hit)), headings)
    if _answers(target, below, headed=True, shared=shared):
        return Verdict(target, Basis.UNDER_HEADING, _telling(target, below), headings)
    referrals = [(hit, referral) for hit in below if (referral := referral_of(hit.unit)) is not None]
    for hit, referral in referrals:
        annexed = annex_hits(reading, hits, referral)
        if annexed and _answers(target, annexed, headed=True, shared=False):
            return Verdict(target, Basis.IN_ANNEX, (hit, *_telling(target, annexed)), headings, referral)
    denials = tuple(hit for hit in below if _denies(hit))
    if denials and not any(hit.nature is Nature.REAL and not _denies(hit) and hit.strong for hit in below):
        return Verdict(target, Basis.DENIED, denials, headings)
    return _thin(target, below, headings, referrals)


def _thin(
    target: Target, below: tuple[Hit, ...], headings: tuple[Heading, ...], referrals: list[tuple[Hit, Referral]]
) -> Verdict:
    by_nature = {nature: tuple(hit for hit in below if hit.nature is nature) for nature in Nature}
    said = by_nature[Nature.REAL] + by_nature[Nature.VAGUE]
    if referrals and not by_nature[Nature.REAL]:
        hit, referral = referrals[0]
        basis = Basis.MISSING_ANNEX if referral.joined else Basis.LOST_REFERRAL
        return Verdict(target, basis, (hit,), headings, referral)
    if by_nature[Nature.PLACEHOLDER] and not by_nature[Nature.REAL]:
        return Verdict(target, Basis.PLACEHOLDER, by_nature[Nature.PLACEHOLDER], headings)
    if by_nature[Nature.DEFERRED]:
        return Verdict(target, Basis.DEFERRED, by_nature[Nature.DEFERRED], headings)
    if said:
        return Verdict(target, Basis.TOO_VAGUE, said, headings)
    if by_nature[Nature.COPY]:
        return Verdict(target, Basis.COPIED_QUESTION, by_nature[Nature.COPY], headings)
    return Verdict(target, Basis.EMPTY_HEADING, (), headings)


def _opens_with_denial(below: Sequence[Hit]) -> bool:
    """« Nous ne sollicitons aucune équipe » and at most one more sentence that speaks of one."""
    cued = [hit for hit in below if hit.cues or hit.nature is Nature.DENIAL]
    return bool(cued) and _denies(cued[0]) and sum(1 for hit in cued if hit.strong and not _denies(hit)) < 2


def _is_put_off(target: Target, hit: Hit) -> bool:
    """« Le stade d'avancement a été exposé de vive voix » : the field is named, its answer is not given."""
    if hit.nature is not Nature.DEFERRED or hit.unit.aside:
        return False
    return opens_with(hit.unit, target)


def _denies(hit: Hit) -> bool:
    return hit.nature is Nature.DENIAL or any(match.cue.stance is Stance.AGAINST for match in hit.cues)


def _answers(target: Target, hits: Sequence[Hit], *, headed: bool, shared: bool) -> bool:
    """Whether these units answer the field: enough is said, and of the right kind."""
    expectation = target.expectation
    said = [hit for hit in hits if hit.nature is Nature.REAL and not _denies(hit)]
    if expectation.needs_roles:
        said = [hit for hit in said if hit.strong or not is_bare_list(hit.unit)]
    if expectation.needs_accounts:
        return _holds_accounts(hits)
    words = sum(hit.unit.words for hit in said)
    if target.field.topic == BEARER and words < SUBSTANCE and any(hit.nature is Nature.DEFERRED for hit in hits):
        return False  # a name and an address, and the rest elsewhere
    strong = [hit for hit in said if hit.strong]
    if strong and (expectation.one_sentence or words >= 8 or len(strong) >= 2):
        return True
    if expectation.short_answer and headed and any(hit.cues and hit.unit.words <= SHORT for hit in said):
        return True
    if not headed:
        return False
    if shared:
        return any(hit.cues for hit in said) and words >= expectation.min_words
    return _has_substance(target, said, words)


def _has_substance(target: Target, said: Sequence[Hit], words: int) -> bool:
    """Whether what stands under a heading of the field's own is an answer, whatever words it uses."""
    expectation = target.expectation
    if expectation.needs_cue:
        return words >= SUBSTANCE and any(has_specifics(hit.unit) or hit.unit.text.count(",") >= 2 for hit in said)
    if any(has_specifics(hit.unit) for hit in said):
        return words >= min(COMMITTED, expectation.min_words)
    if len(said) >= 2 or any(hit.cues for hit in said):
        return words >= expectation.min_words
    return words >= SUBSTANCE


def _holds_accounts(hits: Sequence[Hit]) -> bool:
    """At least three amounts, and words of charges, products or a total among them."""
    lines = [hit for hit in hits if hit.nature in {Nature.REAL, Nature.VAGUE} and hit.amounts]
    return sum(hit.amounts for hit in lines) >= LEAST_AMOUNTS and any(hit.cues for hit in hits)


def _telling(target: Target, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The units worth showing: those with cues (or amounts, for accounts), else those that say something."""
    if target.expectation.needs_accounts:
        chosen = [hit for hit in hits if hit.amounts and hit.nature in {Nature.REAL, Nature.VAGUE}]
    else:
        chosen = [hit for hit in hits if hit.nature is Nature.REAL and hit.cues and not _denies(hit)]
    if len(chosen) < FEW:
        opening = [hit for hit in hits if hit.nature is Nature.REAL and not _denies(hit)][:FEW]
        chosen = sorted({*chosen, *opening}, key=lambda hit: hit.position)
    return tuple(chosen)


def _above(target: Target, hits: Sequence[Hit]) -> tuple[Heading, ...]:
    found = (heading for hit in hits for heading in hit.unit.path if heading.aims_at(target.index))
    return tuple(dict.fromkeys(found))


def _elsewhere(reading: Reading, target: Target, hits: Sequence[Hit], caution: Caution) -> tuple[Hit, ...]:
    """The passage that answers best without a heading of its own, when it does answer."""
    if target.expectation.needs_accounts:
        return _accounts_elsewhere(reading, target, hits)
    best: tuple[Hit, ...] = ()
    for run in passages([hit for hit in hits if not _is_account_row(hit)]):
        if any(_is_owned(reading, target, hit) for hit in run):
            if caution is Caution.UNANSWERED:
                continue
            needed = Caution.UNANSWERED
        else:
            needed = caution
        affirming = tuple(hit for hit in run if not _denies(hit))
        if target.expectation.paragraph:
            affirming = _whole_paragraphs(hits, affirming)
        if _passage_answers(target, affirming, needed) and weight(affirming) > weight(best):
            best = affirming
    return best


def _listed_aims(reading: Reading, target: Target, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """A list of which every entry opens as an aim does, wishes among them, when the objectives have no place."""
    if not target.expectation.states_aims:
        return ()
    entries = [hit for hit in hits if not hit.unit.aside and hit.unit.kind is BlockKind.ITEM]
    for _, group in groupby(entries, key=lambda hit: hit.unit.path):
        run = tuple(group)
        told = all(states_aim(hit.unit) and hit.nature is Nature.REAL for hit in run)
        owned = any(_is_owned(reading, target, hit) for hit in run)
        if len(run) >= FEW and told and not owned and any(wishes(hit.unit) for hit in run):
            return run
    return ()


def _is_account_row(hit: Hit) -> bool:
    return hit.unit.kind is BlockKind.TABLE and hit.amounts > 0


def _in_place(reading: Reading, target: Target, hits: Sequence[Hit]) -> Verdict | None:
    """What stands, under a heading that says nothing of the field, where the call asks for it."""
    for place in reading.places.get(target.index, ()):
        below = [hit for hit in hits if hit.unit.path[-1:] == (place.heading,) and not _is_account_row(hit)]
        affirming = tuple(hit for hit in below if hit.nature is Nature.REAL and not _denies(hit) and not hit.unit.aside)
        told = tuple(hit for hit in affirming if hit.cues or (target.expectation.states_aims and states_aim(hit.unit)))
        if place.sure and told and _answers(target, affirming, headed=True, shared=True):
            return Verdict(target, Basis.IN_PLACE, _telling(target, affirming), (place.heading,))
        substantial = sum(hit.unit.words for hit in affirming) >= WHOLE_STORY
        if target.expectation.paragraph and substantial and (place.sure or any(hit.strong for hit in told)):
            return Verdict(target, Basis.IN_PLACE, _telling(target, affirming), (place.heading,))
        dense = len(told) * DENSITY >= len(affirming)
        if dense and len(told) >= FEW and not (target.expectation.needs_cue or target.expectation.needs_accounts):
            return Verdict(target, Basis.IN_PLACE, _telling(target, affirming), (place.heading,))
        if told and not target.expectation.needs_accounts and _passage_answers(target, told, Caution.PLANNED):
            return Verdict(target, Basis.IN_PLACE, _telling(target, affirming), (place.heading,))
    return None


def _is_owned(reading: Reading, target: Target, hit: Hit) -> bool:
    """Whether a unit stands in a part that has such things of its own (the history of the bearer)."""
    aims = (aim for heading in hit.unit.path for aim in heading.aims if aim.strong)
    return any(target.field.topic in reading.targets[aim.target].expectation.owns for aim in aims)


def _whole_paragraphs(hits: Sequence[Hit], run: Sequence[Hit]) -> tuple[Hit, ...]:
    """All that is said in the paragraphs where `run` has a strong cue."""
    blocks = {hit.unit.block for hit in run if hit.strong}
    return tuple(hit for hit in hits if hit.unit.block in blocks and hit.nature is Nature.REAL and not _denies(hit))


def _passage_answers(target: Target, run: Sequence[Hit], caution: Caution) -> bool:
    expectation = target.expectation
    strong = [hit for hit in run if hit.strong]
    if not strong:
        return False
    unanswered = caution is Caution.UNANSWERED
    if expectation.needs_team and not _names_mission(run):
        return False
    if any((hit.separate_whys if unanswered else len(hit.whys)) >= RICH for hit in strong):
        return True
    said = kinds(run)
    if expectation.needs_team:
        return True
    if unanswered:
        return len(strong) >= 2 and len(said) >= 2 and weight(run) >= expectation.unheaded_weight + 2
    if expectation.one_sentence:
        return True
    if caution is Caution.PLANNED and (len(said) < 2 or (expectation.needs_cue and len(strong) < 2)):
        return False
    if expectation.paragraph:
        return len(run) >= 2 and sum(hit.unit.words for hit in run) >= 2 * expectation.min_words
    if len(run) == 1:
        return not expectation.needs_cue and len(said) >= 2 and len(run[0].cues) >= DENSE
    return weight(run) >= expectation.unheaded_weight


def _names_mission(run: Sequence[Hit]) -> bool:
    """Whether a passage says both who does research and what they do: two kinds of strong cues."""
    return len({match.cue.why for hit in run for match in hit.cues if match.cue.strength is Strength.STRONG}) >= 2


def _accounts_elsewhere(reading: Reading, target: Target, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """A table, list or paragraph of amounts with the words of a budget in it or right above."""
    runs: list[list[Hit]] = []
    for hit in hits:
        if hit.unit.aside or not hit.amounts or _of_the_bearer(reading, target, hit):
            continue
        last = runs[-1][-1] if runs else None
        if last and hit.position - last.position <= NEAR:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    fit = [run for run in runs if _is_budget(run, hits)]
    return tuple(max(fit, key=lambda run: sum(hit.amounts for hit in run))) if fit else ()


def _is_budget(run: Sequence[Hit], hits: Sequence[Hit]) -> bool:
    around = hits[max(0, run[0].position - NEAR) : run[-1].position + 1]
    return sum(hit.amounts for hit in run) >= LEAST_AMOUNTS and any(hit.strong for hit in around)


def _of_the_bearer(reading: Reading, target: Target, hit: Hit) -> bool:
    """Whether the amounts are those of the bearer's past accounts and not of the action."""
    if target.not_titles is not None and target.not_titles.search(hit.unit.folded):
        return True
    aims = (aim for heading in hit.unit.path for aim in heading.aims if aim.strong)
    return any(reading.targets[aim.target].field.topic == BEARER for aim in aims)


def _unannounced(target: Target, hits: Sequence[Hit], spoken: tuple[Hit, ...]) -> Verdict:
    """No heading announces the field and no passage answers it: what little is said of it."""
    speaking = [hit for hit in hits if not hit.unit.aside and hit.unit.kind is not BlockKind.TABLE]
    denials = tuple(hit for hit in speaking if any(match.cue.stance is Stance.AGAINST for match in hit.cues))
    if denials and target.field.optional:
        return Verdict(target, Basis.DENIED, denials)
    if target.expectation.needs_team:
        teams = tuple(hit for hit in speaking if hit.nature is not Nature.DENIAL and names_team(hit.unit))
        return Verdict(target, Basis.NO_MISSION, teams) if teams else Verdict(target, Basis.NOTHING)
    promises = tuple(hit for hit in speaking if hit.nature is Nature.VAGUE and hit.cues and not _denies(hit))
    little = spoken or (promises if target.field.topic in _PROMISED else ())
    return Verdict(target, Basis.VAGUE_ELSEWHERE, little) if little else Verdict(target, Basis.NOTHING)
