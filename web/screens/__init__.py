"""One module per screen: thin handlers, each asking `web.policies` what the person may do."""

from web.screens import accounts, calls, entrance, files

ROUTERS = (entrance.router, files.router, accounts.router, calls.router)
