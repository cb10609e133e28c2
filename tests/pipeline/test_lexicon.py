"""The pattern language of the lexicons, and the lexicons themselves."""

import pytest

from pipeline.errors import BrokenLexicon
from pipeline.lexicon.cues import (
    Cue,
    Lexicon,
    Stance,
    Strength,
    compile_patterns,
    lexicon_names,
    lexicon_of,
    load_lexicon,
    parse_lexicon,
    word_lists,
)
from pipeline.text import fold

MARKERS = (
    "accessibilite",
    "ancrage-territorial",
    "besoin-et-aspiration",
    "caractere-collectif",
    "changement-social",
    "environnement",
    "gouvernance",
    "intervention-du-collectif",
    "logique-de-service",
    "nature-du-collectif",
    "place-de-la-recherche",
    "place-des-beneficiaires",
    "ressources",
    "rupture",
)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("habitant*", "Des habitantes l'ont dit", "habitantes"),
        ("habitant", "Des habitantes", None),
        ("mise en œuvre", "la mise en œuvre", "mise en œuvre"),
        ("mise en œuvre", "la mise en oeuvre", "mise en oeuvre"),
        ("œuvre*", "les Œuvres", "Œuvres"),
        ("associer .. habitants", "associer tous les habitants", "associer tous les habitants"),
        ("associer .. habitants", "associer dès le départ les habitants", None),
        ("associer ... habitants", "associer dès le départ les habitants", "associer dès le départ les habitants"),
        ("associer ... habitants", "associer. Les habitants", None),
        ("(la |les |)commune*", "les communes", "les communes"),
        ("avec (les |)habitants", "avec habitants", "avec habitants"),
        ("(pour |)(tous|toutes)", "pour toutes", "pour toutes"),
        ("(très )?utile", "très utile", "très utile"),
        ("(très )?utile", "utile", "utile"),
        ("projets?", "un projet", "projet"),
        ("# ?€", "soit 12 500€", "12 500€"),
        ("# ?€", "soit 12 500 €", "12 500 €"),
        ("#", "en 2014", "2014"),
        ("l'eau", "l’eau", "l’eau"),
        ("porte-à-porte", "en porte à porte", "porte à porte"),
        ("au lieu d'", "au lieu d’attendre", "au lieu d’"),
        ("service de (l'|la)", "au service de l'île", "service de l'"),
        ("plan( de travail)?", "un plan daté", "plan"),
        ("plan( de travail|)", "un plan de travail", "plan de travail"),
        ("article 1 ?(-|:)", "Article 1 - Nom", "Article 1 - "),
    ],
)
def test_patterns_match_as_documented(pattern: str, text: str, expected: str | None) -> None:
    found = lexicon_of("essai", "essai", (Cue("essai", (pattern,)),)).find(fold(text))
    assert [text[match.span.start : match.span.end] for match in found] == ([expected] if expected else [])
    whole = compile_patterns([pattern]).search(fold(text))
    assert (whole is not None) == (expected is not None)


def test_named_lists_are_expanded() -> None:
    lexicon = lexicon_of("essai", "essai", (Cue("essai", ("avec les {public}",)),))
    assert lexicon.find(fold("Avec les usagers de la ligne"))
    assert not lexicon.find(fold("Avec les machines"))
    assert {"public", "acteurs", "chercheurs", "lieux", "rythme"} <= set(word_lists())


def test_excluded_words_hide_what_they_overlap() -> None:
    cues = (Cue("service", ("service*",)), Cue("autre sens", ("service comptable",), stance=Stance.EXCLUDE))
    lexicon = lexicon_of("essai", "essai", cues)
    text = fold("Le service comptable et le service de garde")
    assert [match.span.start for match in lexicon.find(text)] == [text.index("service de")]
    assert lexicon.find(text, 0, 20) == []


def test_matches_of_one_cue_do_not_overlap() -> None:
    lexicon = lexicon_of("essai", "essai", (Cue("essai", ("comité de pilotage", "pilotage")),))
    assert len(lexicon.find(fold("Un comité de pilotage"))) == 1


def test_the_longest_match_of_a_cue_is_kept() -> None:
    lexicon = lexicon_of("essai", "essai", (Cue("essai", ("comité", "comité de pilotage", "comité de")),))
    assert [len(match.span) for match in lexicon.find(fold("Un comité de pilotage"))] == [len("comité de pilotage")]


@pytest.mark.parametrize(
    "pattern",
    [
        "plan (de travail )?",
        "plan (de travail)?",
        "plan (de travail|)",
        "plan (de |du )",
        "mise en oeuvre",
        "cœur (à coeur)",
    ],
)
def test_patterns_that_would_silently_never_match_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"may end with a space|both spellings"):
        compile_patterns([pattern])
    with pytest.raises(BrokenLexicon):
        parse_lexicon("essai", f"purpose = 'x'\n[[cue]]\nwhy = 'x'\npatterns = ['{pattern}']")


@pytest.mark.parametrize(
    "content",
    [
        "purpose = 3\n[[cue]]\npatterns = ['a b']",  # no why
        "[[cue]]\nwhy = 'x'\npatterns = ['abc']",  # no purpose
        "purpose = 'x'\n[[cue]]\nwhy = 'x'\npatterns = []\nstrength = 'huge'",
        "purpose = 'x'\n[[cue]]\nwhy = 'x'\npatterns = ['(abc']",
        "purpose = 'x'\n[[cue]]\nwhy = 'x'\npatterns = ['{personne}']",
        "purpose = 'x'\n[[cue]]\nwhy = 'x'\npatterns = ['d* abc']",
        "purpose = ",
    ],
)
def test_wrong_lexicons_are_refused(content: str) -> None:
    with pytest.raises(BrokenLexicon):
        parse_lexicon("essai", content)


def test_a_missing_lexicon_is_named() -> None:
    with pytest.raises(BrokenLexicon, match="markers/absent"):
        load_lexicon("markers", "absent")


def _lexicons() -> list[Lexicon]:
    families = ("markers", "types", "common")
    return [load_lexicon(family, name) for family in families for name in lexicon_names(family)]


@pytest.mark.parametrize("family", ["completeness", "facts", "items", "topics"])
def test_every_other_lexicon_can_be_read(family: str) -> None:
    for name in lexicon_names(family):
        lexicon = load_lexicon(family, name)
        for heading in lexicon.headings:
            compile_patterns([heading])


def test_every_marker_and_type_has_its_lexicon() -> None:
    assert lexicon_names("markers") == MARKERS
    assert lexicon_names("types") == ("organisationnelle", "services", "territoriale")


@pytest.mark.parametrize("lexicon", _lexicons(), ids=lambda lexicon: lexicon.name)
def test_reasons_can_be_shown_to_a_juror(lexicon: Lexicon) -> None:
    for cue in lexicon.cues:
        assert 3 <= len(cue.why) <= 90
        assert not any(char.isdigit() for char in cue.why)
        assert len(cue.patterns) == len(set(cue.patterns))


@pytest.mark.parametrize("name", MARKERS)
def test_markers_have_cues_of_every_kind(name: str) -> None:
    lexicon = load_lexicon("markers", name)
    assert lexicon.headings
    assert sum(len(cue.patterns) for cue in lexicon.cues) >= 40
    assert {cue.stance for cue in lexicon.cues} == set(Stance)
    assert {cue.strength for cue in lexicon.cues if cue.stance is Stance.FOR} == set(Strength)


def test_silence_finds_nothing_strong() -> None:
    text = fold("La salle mesure vingt mètres carrés. Les murs sont peints en bleu.")
    for name in MARKERS:
        assert [
            match for match in load_lexicon("markers", name).find(text) if match.cue.strength is Strength.STRONG
        ] == []
