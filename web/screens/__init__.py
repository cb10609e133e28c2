"""One module per screen: thin handlers, each asking `web.policies` what the person may do."""

from web.screens import accounts, entrance, files

ROUTERS = (entrance.router, files.router, accounts.router)
