"""One module per screen: thin handlers, each asking `web.policies` what the person may do."""

from web.screens import (
    accounts,
    calls,
    deposits,
    desk,
    dossier,
    entrance,
    files,
    follow,
    my_words,
    reading_room,
    second_stage,
    triage,
    triage_actions,
)

ROUTERS = (
    entrance.router,
    files.router,
    dossier.router,
    follow.router,
    accounts.router,
    calls.router,
    deposits.router,
    desk.router,
    reading_room.router,
    my_words.router,
    second_stage.router,
    triage.router,
    triage_actions.router,
)
