"""What the room refuses, and how it is told: one small class per situation, one handler (`web.application`)."""

from pipeline.errors import ReperesError


class RoomProblem(ReperesError):
    """Base of what is answered with a page that says what to do; `status` is the HTTP status."""

    code = "room-problem"
    status = 400


class NotSignedIn(RoomProblem):
    """Nobody is logged in, or no longer."""

    code = "not-signed-in"
    status = 401
    advice = "Revenez à la page précédente pour copier ce que vous y aviez écrit, connectez-vous, puis recommencez."

    def __init__(self) -> None:
        super().__init__("Votre session est terminée.")


class PasswordToChange(RoomProblem):
    """The person's password was given by someone who has seen it."""

    code = "password-to-change"
    status = 403
    advice = "Faites-le dans vos préférences, puis recommencez."

    def __init__(self) -> None:
        super().__init__("Changez d'abord le mot de passe qui vous a été donné.")


class Forbidden(RoomProblem):
    """The person may not do this."""

    code = "forbidden"
    status = 403
    advice = "Si vous pensez que c'est une erreur, demandez à l'administration de Repères."

    def __init__(self, message: str = "Votre rôle ne permet pas cette action.") -> None:
        super().__init__(message)


class NotHere(RoomProblem):
    """It does not exist, or not for this person: the answer is the same, so that nothing can be guessed."""

    code = "not-here"
    status = 404
    advice = "Vérifiez l'adresse, ou revenez à l'accueil."

    def __init__(self, message: str = "Cette page n'existe pas, ou ne vous est pas ouverte.") -> None:
        super().__init__(message)


class FormExpired(RoomProblem):
    """The form does not carry the token of this session."""

    code = "form-expired"
    status = 403
    advice = "Rechargez la page, puis recommencez."

    def __init__(self) -> None:
        super().__init__("Ce formulaire n'est plus valable.")


class Conflicting(RoomProblem):
    """Someone else changed it meanwhile, or it is settled."""

    code = "conflicting"
    status = 409
    advice = "Rechargez la page pour voir ce qui a changé."


class TooManyAttempts(RoomProblem):
    """Too many refused log-ins."""

    code = "too-many-attempts"
    status = 429
    advice = "Attendez un quart d'heure, ou demandez un nouveau mot de passe à l'administration de Repères."

    def __init__(self) -> None:
        super().__init__("Trop d'essais refusés.")
