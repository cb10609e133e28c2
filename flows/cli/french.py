"""Click, in French: its help, its usage lines and its errors."""

from collections.abc import Sequence

import click

_HELP = "Affiche cette aide."


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[OPTIONS…]")
        formatter.write_usage(ctx.command_path, pieces, prefix="Usage : ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("Options\N{NO-BREAK SPACE}"):
                formatter.write_dl([(name, _french_hints(text)) for name, text in records])


class FrenchGroup(FrenchCommand, click.Group):
    """A group of commands whose help is in French."""

    command_class = FrenchCommand
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        FrenchCommand.format_options(self, ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(80)) for name, command in commands if command and not command.hidden]
        if rows:
            with formatter.section("Commandes\N{NO-BREAK SPACE}"):
                formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = FrenchCommand.collect_usage_pieces(self, ctx)
        return [piece for piece in pieces if piece != self.subcommand_metavar] + ["COMMANDE", "…"]


def _french_hints(text: str) -> str:
    for english, french in (("[required]", "[obligatoire]"), ("[default: ", "[par défaut : ")):
        text = text.replace(english, french)
    return text


def usage_message(error: click.UsageError) -> str:
    """What is wrong with how the command was called, in one French line."""
    command = error.ctx.command_path if error.ctx else "reperes"
    return f"{_what(error)} Voyez « {command} --help »."


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"L'option « {error.option_name} » n'existe pas.{_nearest(error.possibilities or ())}"
    if isinstance(error, click.NoSuchCommand):
        return f"La commande « {error.command_name} » n'existe pas.{_nearest(error.possibilities or ())}"
    if isinstance(error, click.MissingParameter):
        return f"Il manque {_name(error)}."
    if isinstance(error, click.BadOptionUsage):
        return f"L'option « {error.option_name} » attend une valeur."
    if isinstance(error, click.BadParameter):
        return f"La valeur donnée pour {_name(error)} ne convient pas."
    return "La commande est mal formée : arguments en trop ou inconnus."


def _nearest(possibilities: Sequence[str]) -> str:
    return f" Vouliez-vous dire « {possibilities[0]} » ?" if possibilities else ""


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "un argument"
    if isinstance(error.param, click.Option):
        return f"l'option « {error.param.opts[0]} »"
    return f"l'argument « {error.param.make_metavar(error.ctx or click.Context(click.Command('reperes')))} »"
