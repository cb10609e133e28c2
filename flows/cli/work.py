"""`reperes work`: the worker of the review room, which `reperes serve` starts by itself."""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

import click

from flows import parent
from flows.cli.french import FrenchCommand
from flows.cli.screen import error_screen
from flows.settings import load_settings
from pipeline.errors import ReperesError

_GRACE = 10.0  # seconds to end what is under way; nothing is lost by what is cut off then
_STOPPING = (signal.SIGTERM, signal.SIGINT)


@click.command(cls=FrenchCommand)
@click.option("--with-parent", "with_parent", is_flag=True, hidden=True)
def work(with_parent: bool) -> None:
    """Traite les dossiers déposés dans la salle d'examen, jusqu'à ce qu'on l'arrête (Ctrl-C).

    « reperes serve » s'en charge déjà ; cette commande sert à le faire tourner à part. Un seul travaille à la fois :
    les autres attendent leur tour.
    """
    from flows.worker import work as work_until  # takes seconds to import

    stop = threading.Event()
    for number in _STOPPING:
        signal.signal(number, _setting(stop))
    if with_parent:
        threading.Thread(target=_follow_parent, args=(stop,), daemon=True).start()
    raised: list[BaseException] = []
    # Not in the main thread, where Prefect would take the signals for itself.
    worker = threading.Thread(target=_keeping(raised, lambda: work_until(load_settings(), stop, _tell)), daemon=True)
    worker.start()
    while worker.is_alive() and not stop.is_set():
        worker.join(timeout=1.0)
    worker.join(timeout=_GRACE)
    if worker.is_alive():
        os._exit(0)
    if raised:
        raise raised[0]


def _tell(error: ReperesError) -> None:
    error_screen(error.message, f"{error.advice}\nNouvel essai dans quelques secondes.".strip(), error.exit_code)


def _setting(stop: threading.Event) -> Callable[[int, FrameType | None], None]:
    return lambda _signal, _frame: stop.set()


def _follow_parent(stop: threading.Event) -> None:
    parent.wait_for_its_end()
    stop.set()


def _keeping(raised: list[BaseException], done: Callable[[], None]) -> Callable[[], None]:
    """`done`, what it raises being kept for the main thread to tell."""

    def guarded() -> None:
        try:
            done()
        except Exception as error:
            raised.append(error)

    return guarded
