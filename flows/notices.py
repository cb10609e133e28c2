"""What is said of a run beside its table, in French."""

from collections.abc import Iterator

from flows.instruct import Instruction
from pipeline.text import in_guillemets, listed, plural, typeset


def notices(instruction: Instruction) -> Iterator[str]:
    """One sentence for each thing that the user would otherwise wonder about."""
    if instruction.shared:
        yield typeset("Une autre commande traitait la même entrée en même temps : les résultats sont les mêmes.")
    elif instruction.resumed:
        yield "La pré-instruction interrompue a été reprise où elle en était."
    if instruction.known:
        unchanged = plural(instruction.known, "dossier inchangé", "dossiers inchangés")
        analyses = "son analyse est reprise" if instruction.known == 1 else "leurs analyses sont reprises"
        yield typeset(f"{unchanged} : {analyses}.")
    for item in instruction.triage.not_read:
        yield typeset("Non lu : ") + item.told
    if instruction.left_over:
        yield _left_over(instruction.left_over)


def _left_over(names: tuple[str, ...]) -> str:
    quoted = listed([in_guillemets(name) for name in names])
    if len(names) == 1:
        text = f"Le dossier {quoted} n'est plus dans l'entrée : ses anciens résultats sont gardés dans la sortie"
    else:
        text = f"Les dossiers {quoted} ne sont plus dans l'entrée : leurs anciens résultats sont gardés dans la sortie"
    return f"{text}, mais ne figurent pas dans le tri."
