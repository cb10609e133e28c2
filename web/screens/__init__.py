"""One module per screen: thin handlers, each asking `web.policies` what the person may do."""

from web.screens import accounts, calls, desk, entrance, files, reading_room

ROUTERS = (entrance.router, files.router, accounts.router, calls.router, desk.router, reading_room.router)
