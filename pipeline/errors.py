"""What can go wrong, said so that a person knows what to do next.

One base class and one small class per situation. `code` is stable and in English, for programs;
`advice` is French, for people. No message ever carries the text of a dossier.
"""

from pipeline.text import typeset


class ReperesError(Exception):
    """Base of every error that the program raises on purpose.

    Attributes:
        code: stable identifier of the situation.
        exit_code: what the command line exits with (2: wrong call, 1: anything else).
        advice: French, what to do next; may be empty.
    """

    code = "error"
    exit_code = 1
    advice = ""

    def __init__(self, message: str, *, advice: str | None = None) -> None:
        self.message = typeset(message)
        super().__init__(self.message)
        self.advice = typeset(self.advice if advice is None else advice)


class UsageProblem(ReperesError):
    """The command was called wrongly: nothing was read or written."""

    code = "usage"
    exit_code = 2


class UnknownCall(UsageProblem):
    """No call has this id, and no call file is at this path."""

    code = "unknown-call"
    advice = "« reperes calls » donne la liste des appels connus."


class InvalidCallFile(UsageProblem):
    """A call file is wrong; `problems` lists each key at fault with what is expected there."""

    code = "invalid-call-file"
    advice = "Corrigez le fichier, puis vérifiez-le avec « reperes calls check FICHIER »."

    def __init__(self, path: str, problems: list[str]) -> None:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"Le fichier d'appel « {path} » ne peut pas être utilisé :\n{lines}")
        self.path = path
        self.problems = problems


class InputNotFound(UsageProblem):
    """The folder, archive or PDF to read does not exist or cannot be read."""

    code = "input-not-found"


class NothingToRead(UsageProblem):
    """The input holds no PDF at all."""

    code = "nothing-to-read"
    advice = "Donnez un dossier contenant des fichiers PDF, un PDF seul ou une archive .zip de PDF."


class OutputNotWritable(UsageProblem):
    """The results cannot be written where the user asked."""

    code = "output-not-writable"


class BrokenLexicon(ReperesError):
    """A lexicon file of the installation is missing or wrong."""

    code = "broken-lexicon"
    advice = "Réinstallez le programme : un de ses fichiers est manquant ou altéré."


class BrokenModel(ReperesError):
    """A model file is missing or altered: nothing is shown rather than something wrong."""

    code = "broken-model"
    advice = "Lancez « reperes doctor » pour voir ce qui manque, puis réinstallez les modèles."


class StoreProblem(ReperesError):
    """The database or the files of the store cannot be used."""

    code = "store"
    advice = "Vérifiez le dossier que nomme REPERES_HOME et l'espace disque, puis relancez : rien n'est perdu."


class QuoteMismatch(ReperesError):
    """A kept quote is no longer what stands at its place: never highlight something else."""

    code = "quote-mismatch"
    advice = "Relancez l'analyse du dossier : le document lu n'est plus celui qui a été analysé."


class ContractBroken(ReperesError):
    """A result is not what the published schema says: it is not written."""

    code = "contract"
    advice = "C'est un défaut du programme : signalez-le avec la clé indiquée."
