"""What each kind of answer must hold, by topic: the rules of completeness that are not words."""

from dataclasses import dataclass

from pipeline.calls.model import RequiredField


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an answer needs.

    Attributes:
        min_words: words of real content that an answer under its own heading needs when no strong cue is in it.
        needs_cue: under its own heading too, only content with a strong cue answers (a method, a team, a stage).
        short_answer: under its own heading, a few words with any cue answer (« Amorçage »).
        one_sentence: a single sentence with a strong cue answers, even without a heading.
        unheaded_weight: weight (see `evidence.weight`) that a passage without heading needs.
        paragraph: without heading, one strong cue answers together with the rest of its paragraph.
        states_aims: at its place, a sentence that opens on an infinitive, or on « Que », tells of it without a cue.
        needs_roles: initials one after the other do not answer.
        needs_team: where nothing answers, the field is of use as soon as a team is named.
        open_ended: what is promised or still to be found answers too, when it names the answer (a stage).
        needs_accounts: amounts answer, not prose.
        owns: topics whose headings, within its part, are about it (the history of the bearer) and at most hints.
        lacking: what is said to be missing when the answer is too thin (French, after « sans »).
    """

    min_words: int = 20
    needs_cue: bool = False
    short_answer: bool = False
    one_sentence: bool = False
    unheaded_weight: int = 4
    paragraph: bool = False
    open_ended: bool = False
    needs_accounts: bool = False
    states_aims: bool = False
    needs_roles: bool = False
    needs_team: bool = False
    owns: tuple[str, ...] = ()
    lacking: str = "contenu précis"


_BY_TOPIC = {
    "porteur": Expectation(
        owns=("historique", "publics", "objectifs", "moyens", "partenariats"),
        min_words=15,
        lacking="présentation réelle de la structure",
    ),
    "historique": Expectation(min_words=20, lacking="récit daté de ce qui a été fait"),
    "resume": Expectation(min_words=20, paragraph=True, lacking="description de ce que fait l’action"),
    "objectifs": Expectation(min_words=15, states_aims=True, lacking="objectif précis"),
    "stade": Expectation(
        needs_cue=True,
        short_answer=True,
        one_sentence=True,
        open_ended=True,
        min_words=25,
        lacking="stade nommé ni étape décrite",
    ),
    "publics": Expectation(min_words=6, short_answer=True, one_sentence=True, lacking="public nommé ni chiffré"),
    "moyens": Expectation(min_words=20, lacking="moyen décrit"),
    "comptes": Expectation(
        owns=("historique", "moyens", "partenariats", "resume"),
        needs_accounts=True,
        lacking="charges ni produits chiffrés",
    ),
    "partenariats": Expectation(min_words=15, needs_roles=True, lacking="rôle d’un partenaire"),
    "recherche": Expectation(
        owns=("objectifs", "moyens", "publics", "historique", "resume", "evaluation"),
        needs_cue=True,
        needs_team=True,
        lacking="équipe nommée ni mission décrite",
    ),
    "evaluation": Expectation(
        owns=("objectifs", "moyens", "publics", "stade"), needs_cue=True, lacking="méthode, indicateur ni calendrier"
    ),
}


def expectation_of(field: RequiredField) -> Expectation:
    """The rules for `field`; a field without a known topic has the general ones."""
    return _BY_TOPIC.get(field.topic or "", Expectation())
