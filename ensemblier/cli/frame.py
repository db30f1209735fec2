"""The frame of every command: sub-commands are imported when called, and find a database when they run.

`ensemblier --help` imports neither Django nor a sub-command: it answers in the time Python takes to start.
"""

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ensemblier.cli.words import said, speak

if TYPE_CHECKING:
    from typer._click import Command, Context

SETTINGS = "ensemblier.settings.run"


@dataclass(frozen=True, slots=True)
class Entry:
    """A sub-command not imported yet: `load` returns its typer application."""

    help: str
    load: Callable[[], typer.Typer]
    needs_database: bool = True


class LazyGroup(TyperGroup):
    """A group whose members stand in `entries`; help shows their line, a call imports the one called."""

    entries: dict[str, Entry] = {}

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002
        """Names, in the order of `entries`."""
        return [*self.entries]

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":  # noqa: ARG002
        """A light stand-in: enough for help and completion of names."""
        entry = self.entries.get(cmd_name)
        return None if entry is None else TyperCommand(cmd_name, help=said(entry.help), rich_markup_mode="rich")

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """`--lang` counts wherever it stands on the line, so that the help itself is in that language."""
        args = speak(args)
        in_language(self)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        """The real command, imported now; Django is ready before the module of one that needs the database is read."""
        name, _, rest = super().resolve_command(ctx, args)
        entry = self.entries[str(name)]
        if entry.needs_database:
            prepare_django()
        application = entry.load()
        application._add_completion = False  # completion belongs to the root; typer would offer it again at each level
        command = typer.main.get_command(application)
        command.help = command.help or entry.help
        in_language(command)
        if entry.needs_database:
            _wrap_leaves(command)
        return name, command, rest


def in_language(command: "Command") -> None:
    """Every help text of the tree, said in the language of the terminal. A command is made anew for each call."""
    for owner in (command, *command.params):
        if text := getattr(owner, "help", None):
            owner.help = said(text)  # type: ignore[attr-defined]
    if command.epilog:
        command.epilog = said(command.epilog)
    if isinstance(command, TyperGroup) and not isinstance(command, LazyGroup):
        for member in command.commands.values():
            in_language(member)


def prepare_django() -> None:
    """Settings (`run` unless DJANGO_SETTINGS_MODULE says otherwise) and the registry of applications."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


@contextmanager
def database() -> Iterator[None]:
    """A database that answers, for as long as the command runs: DATABASE_URL's, the running one, or one started here.

    The server of the checkout is also brought up to date, so that a command works before the first `make run`;
    another's database is never migrated by surprise.
    """
    from django.db import connections

    from ensemblier.cli.server.console import silent
    from ensemblier.cli.server.local import local_server
    from ensemblier.cli.server.prepare import prepare_database

    with local_server():
        try:
            if not os.environ.get("DATABASE_URL"):
                prepare_database(silent)
            yield
        finally:
            connections.close_all()


def _wrap_leaves(command: "Command") -> None:
    """Every leaf of the tree runs inside `database()`; groups and `--help` do not start a server."""
    if isinstance(command, TyperGroup):
        for member in command.commands.values():
            _wrap_leaves(member)
    elif command.callback is not None:
        command.callback = _within_database(command.callback)


def _within_database(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def run(*args: Any, **kwargs: Any) -> Any:
        with database():
            return callback(*args, **kwargs)

    return run
