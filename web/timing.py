"""What an answer cost the server, in its headers: milliseconds to its first byte, statements asked of the store."""

from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from store.counting import counting


class ServerTiming:
    """Adds `Server-Timing`, which browsers show to whoever looks for it: `app;dur=12.3, store;desc="7"`."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        begun = perf_counter()
        with counting() as asked:

            async def sending(message: Message) -> None:
                if message["type"] == "http.response.start":
                    spent = 1000 * (perf_counter() - begun)
                    MutableHeaders(scope=message)["server-timing"] = (
                        f'app;dur={spent:.1f}, store;desc="{asked.statements}"'
                    )
                await send(message)

            await self._application(scope, receive, sending)
