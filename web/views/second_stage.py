"""What jurors answer beside the markers: the feasibility grid of a second stage, the items of a synthesis."""

from enum import StrEnum

from pipeline.calls.model import Call

_HELD = "retenu"


class Stage(StrEnum):
    """Where a dossier is with the feasibility grid of its call."""

    NONE = "none"  # the call has no grid, or the dossier was not held acceptable
    OPEN = "open"  # held acceptable: jurors fill the grid
    SHUT = "shut"  # the jury has gone on to say what becomes of it


def stage_of(call: Call, outcome: str | None) -> Stage:
    """From the last outcome: « retenu » opens the grid, what follows it (« retenu-finance »…) shuts it."""
    if call.grid is None or outcome is None or not outcome.startswith(_HELD):
        return Stage.NONE
    return Stage.OPEN if outcome == _HELD else Stage.SHUT
