"""The commands put together, and the one place where errors become words and exit codes."""

from collections.abc import Sequence
from importlib.metadata import version

import click

from flows.cli import (
    INTERRUPTED,
    INTERRUPTED_SAID,
    accounts,
    bench,
    calls,
    demo,
    doctor,
    evaluate,
    explain,
    journal,
    models,
    run,
    serve,
    train,
    work,
)
from flows.cli.french import FrenchGroup, usage_message, usage_reminder
from flows.cli.screen import error_screen
from flows.failures import system_said
from pipeline.errors import ReperesError


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100})
@click.version_option(version("reperes"), message="Repères %(version)s", help="Affiche la version du programme.")
def reperes() -> None:
    """Pré-instruit les dossiers PDF déposés aux appels à manifestation d'intérêt sur l'innovation sociale.

    Le programme vérifie que chaque champ demandé est là, avec la preuve dans le dossier, et montre au jury les
    passages utiles. Il ne note rien et ne décide rien.
    """


for command in (
    run.run,
    demo.demo,
    serve.serve,
    accounts.accounts,
    work.work,
    calls.calls,
    explain.explain,
    doctor.doctor,
    models.models,
    journal.journal,
    bench.bench,
    evaluate.evaluate,
    train.train,
):
    reperes.add_command(command)


def application(arguments: Sequence[str]) -> int:
    """Runs the command line; gives the exit code."""
    try:
        code = reperes.main(list(arguments), prog_name="reperes", standalone_mode=False)
    except click.UsageError as error:
        error_screen(usage_message(error), "", error.exit_code)
        click.echo(usage_reminder(error), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(INTERRUPTED_SAID, err=True)
        return INTERRUPTED
    except ReperesError as error:
        return error_screen(error.message, error.advice, error.exit_code)
    except OSError as error:
        return error_screen(system_said(error), "", 1)
    return code if isinstance(code, int) else 0
