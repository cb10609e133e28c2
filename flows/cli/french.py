"""Click, in French: its help, its usage lines and its errors."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

_HELP = "Affiche cette aide."
_HINTS = (
    ("[required]", "[obligatoire]"),
    ("[default: ", "[par défaut\N{NO-BREAK SPACE}: "),
    ("; 0<=x<=65535]", "]"),
    ("; x>=1]", "\N{NO-BREAK SPACE}; au moins 1]"),
)
_LONGEST_SUMMARY = 200  # characters: a whole first sentence


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Arguments, then the options that are needed: what must be typed is what is shown."""
        pieces = [piece for piece in super().collect_usage_pieces(ctx) if piece != self.options_metavar]
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option) and param.required]
        return [*pieces, *(f"{option.opts[0]} {option.make_metavar(ctx)}" for option in options), "[OPTIONS…]"]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click does not always say which command was wrongly called
            raise

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("Options\N{NO-BREAK SPACE}"):
                formatter.write_dl([(name, _french_hints(text)) for name, text in records])


class FrenchGroup(FrenchCommand, click.Group):
    """A group of commands whose help is in French."""

    command_class = FrenchCommand
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # the main ones come first

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        FrenchCommand.format_options(self, ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [
            (name, command.get_short_help_str(_LONGEST_SUMMARY))
            for name, command in commands
            if command and not command.hidden
        ]
        if rows:
            with formatter.section("Commandes\N{NO-BREAK SPACE}"):
                formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["COMMANDE", "…"]


def _french_hints(text: str) -> str:
    for english, french in _HINTS:
        text = text.replace(english, french)
    return text


class GivenPath(click.Path):
    """A path. An empty one, as an unset variable of a script gives, would silently be the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_not_empty(value, param, ctx), param, ctx)


class GivenText(click.types.StringParamType):
    """A text that is not empty."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_not_empty(value, param, ctx), param, ctx)


def _not_empty(value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
    if value == "":
        raise EmptyValue("", ctx, param)
    return value


class EmptyValue(click.BadParameter):
    """A value was given, and it is empty."""


def usage_message(error: click.UsageError) -> str:
    """What is wrong with how the command was called, in one French line."""
    command = error.ctx.command_path if error.ctx else "reperes"
    return f"{_what(error)} Voyez « {command} --help »."


def usage_reminder(error: click.UsageError) -> str:
    """How the command is called: its commands when it is a group that was given none, else one line."""
    if error.ctx is None:
        return ""
    return error.ctx.get_help() if isinstance(error, click.exceptions.NoArgsIsHelpError) else error.ctx.get_usage()


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return "Il manque une commande."
    if isinstance(error, click.NoSuchOption):
        return f"L'option « {error.option_name} » n'existe pas.{_nearest(error.option_name, error.possibilities)}"
    if isinstance(error, click.NoSuchCommand):
        return f"La commande « {error.command_name} » n'existe pas.{_nearest(error.command_name, error.possibilities)}"
    if isinstance(error, EmptyValue):
        return f"La valeur donnée pour {_name(error)} est vide."
    if isinstance(error, click.MissingParameter):
        return f"Il manque {_name(error)}."
    if isinstance(error, click.BadOptionUsage):
        return f"L'option « {error.option_name} » attend une valeur."
    if isinstance(error, click.BadParameter):
        return f"La valeur donnée pour {_name(error)} ne convient pas."
    return "La commande est mal formée : arguments en trop ou inconnus."


def _nearest(given: str, possibilities: Sequence[str] | None) -> str:
    """The name meant, if one is near: dashes, which all options share, do not make one near."""
    named = {name.lstrip("-"): name for name in possibilities or ()}
    near = get_close_matches(given.lstrip("-"), named, n=1)
    return f" Vouliez-vous dire « {named[near[0]]} » ?" if near else ""


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "un argument"
    if isinstance(error.param, click.Option):
        return f"l'option « {error.param.opts[0]} »"
    return f"l'argument « {error.param.make_metavar(error.ctx or click.Context(click.Command('reperes')))} »"
