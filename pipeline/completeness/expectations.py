"""What each kind of answer must hold, by topic: the rules of completeness that are not words."""

from dataclasses import dataclass

from pipeline.calls.model import RequiredField


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an answer needs.

    Attributes:
        min_words: words of real content that an answer under its own heading needs when no strong cue is in it.
        needs_cue: under its own heading too, only content with a strong cue answers (a method, a team, a stage).
        one_sentence: a single sentence with a strong cue answers, even without a heading.
        unheaded_weight: weight of cues (strong 2, weak 1, each cue once) that a passage without heading needs.
        needs_accounts: amounts answer, not prose.
        lacking: what is said to be missing when the answer is too thin (French, after « sans »).
    """

    min_words: int = 20
    needs_cue: bool = False
    one_sentence: bool = False
    unheaded_weight: int = 4
    needs_accounts: bool = False
    lacking: str = "contenu précis"


_BY_TOPIC = {
    "porteur": Expectation(min_words=15, lacking="présentation réelle de la structure"),
    "historique": Expectation(min_words=20, lacking="récit daté de ce qui a été fait"),
    "resume": Expectation(min_words=20, lacking="description de ce que fait l’action"),
    "objectifs": Expectation(min_words=15, unheaded_weight=5, lacking="objectif précis"),
    "stade": Expectation(needs_cue=True, one_sentence=True, min_words=25, lacking="stade nommé ni étape décrite"),
    "publics": Expectation(min_words=15, one_sentence=True, lacking="public nommé ni chiffré"),
    "moyens": Expectation(min_words=20, unheaded_weight=5, lacking="moyen décrit"),
    "comptes": Expectation(needs_accounts=True, lacking="charges ni produits chiffrés"),
    "partenariats": Expectation(min_words=15, lacking="partenaire nommé"),
    "recherche": Expectation(needs_cue=True, unheaded_weight=4, lacking="équipe nommée ni mission décrite"),
    "evaluation": Expectation(needs_cue=True, unheaded_weight=5, lacking="méthode, indicateur ni calendrier"),
}


def expectation_of(field: RequiredField) -> Expectation:
    """The rules for `field`; a field without a known topic has the general ones."""
    return _BY_TOPIC.get(field.topic or "", Expectation())
