"""DomainError → sentence and exit code: the one place where the terminal translates refusals.

The codes are a contract with scripts; `ensemblier --help` and the README print the same table.
"""

import json
import os
import sys
import tempfile
import traceback
from enum import IntEnum

from ensemblier.cli.words import _, said
from ensemblier.kernel.errors import (
    BadInput,
    DomainError,
    NotAllowed,
    NotFound,
    RuleViolated,
    SourceUnavailable,
    StaleVersion,
)
from ensemblier.kernel.words import marked


class ExitCode(IntEnum):
    """What a script reads in `$?`."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    NOT_FOUND = 3
    BAD_INPUT = 4
    REFUSED = 5
    NOT_ALLOWED = 6
    UNAVAILABLE = 7
    STALE = 8
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.DONE: marked("fait"),
    ExitCode.UNEXPECTED: marked("erreur inattendue (une trace est gardée dans un fichier)"),
    ExitCode.USAGE: marked("commande ou option mal écrite"),
    ExitCode.NOT_FOUND: marked("introuvable"),
    ExitCode.BAD_INPUT: marked("donnée ou fichier illisible"),
    ExitCode.REFUSED: marked("refusé par une règle"),
    ExitCode.NOT_ALLOWED: marked("non autorisé"),
    ExitCode.UNAVAILABLE: marked("base de données ou source extérieure injoignable"),
    ExitCode.STALE: marked("modifié entre-temps par quelqu'un d'autre"),
    ExitCode.INTERRUPTED: marked("interrompu au clavier"),
}

CODES: dict[type[DomainError], ExitCode] = {
    NotFound: ExitCode.NOT_FOUND,
    BadInput: ExitCode.BAD_INPUT,
    RuleViolated: ExitCode.REFUSED,
    NotAllowed: ExitCode.NOT_ALLOWED,
    SourceUnavailable: ExitCode.UNAVAILABLE,
    StaleVersion: ExitCode.STALE,
}


def code_of(error: BaseException) -> ExitCode:
    """The exit code of an exception that reached the entry point."""
    if isinstance(error, DomainError):
        return next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), ExitCode.REFUSED)
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    if isinstance(error, OSError):
        return ExitCode.BAD_INPUT
    return ExitCode.UNAVAILABLE if _is_database_down(error) else ExitCode.UNEXPECTED


def report(error: BaseException, *, as_json: bool) -> ExitCode:
    """Says on standard error what happened and what to do; returns the exit code. Never a traceback.

    With `as_json` one JSON object {"error": {"code", "kind", "message", "field"}} is written instead of a sentence.
    """
    code = code_of(error)
    field = error.field if isinstance(error, DomainError) else ""
    message = _sentence(error, code)
    if as_json:
        body = {"code": int(code), "kind": code.name.lower(), "message": message, "field": field}
        print(json.dumps({"error": body}, ensure_ascii=False), file=sys.stderr)
    else:
        where = f" [{field}]" if field else ""
        print(_("Erreur%(where)s : %(message)s", where=where, message=message), file=sys.stderr)
    return code


def _is_database_down(error: BaseException) -> bool:
    from django.db import InterfaceError, OperationalError

    return isinstance(error, OperationalError | InterfaceError) or _lacks_tables(error)


def _lacks_tables(error: BaseException) -> bool:
    from psycopg.errors import UndefinedColumn, UndefinedFunction, UndefinedTable

    return isinstance(error.__cause__, UndefinedTable | UndefinedColumn | UndefinedFunction)


def _sentence(error: BaseException, code: ExitCode) -> str:
    if isinstance(error, DomainError):
        return said(error.message)
    if code is ExitCode.INTERRUPTED:
        return _("interrompu ; rien n'est enregistré à moitié.")
    if isinstance(error, OSError):
        file = error.filename or _("fichier")
        return _("%(file)s : %(why)s. Vérifiez le chemin et les droits.", file=file, why=error.strerror or error)
    if code is ExitCode.UNAVAILABLE and _lacks_tables(error):
        return _("la base de données n'a pas ses tables. `make run` les crée ; ailleurs : `python manage.py migrate`.")
    if code is ExitCode.UNAVAILABLE:
        return _(
            "la base de données ne répond pas (%(why)s). Lancez `make run`.", why=str(error).strip().splitlines()[0]
        )
    return _(
        "erreur inattendue (%(kind)s). La trace est dans %(file)s : joignez-la à votre message.",
        kind=type(error).__name__,
        file=_keep(error),
    )


def _keep(error: BaseException) -> str:
    """Writes the traceback to a private temporary file and returns its path."""
    if os.environ.get("ENSEMBLIER_TRACE"):
        traceback.print_exception(error)
    handle, path = tempfile.mkstemp(prefix="ensemblier-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(traceback.format_exception(error))
    return path
