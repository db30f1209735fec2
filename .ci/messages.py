"""Refreshes the English catalogue: `make messages`. The same sources give the same file, byte for byte.

Beside Django's own markers, these are read: `marked` and `Sentence` (words of the cores, which know no Django; see
kernel/words.py), the whole sentences of the errors of `kernel/errors.py`, the help of every command and the words of
the description of the interface, as the programs themselves show them. Nothing is guessed: a text that is new has no
English yet, and tests/web/test_english.py says so.
"""

import os
import re
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parents[1]
_BUILT = re.compile(r'^(?:msgid )?"(?:[^"\\]|\\.)*\{|^msgid " "$', re.M)
"""A sentence that Python puts together (an f-string): gettext could not find it again."""
_CHANGING = re.compile(r'"(?:POT-Creation-Date|Report-Msgid-Bugs-To):.*\\n"\n')
ERRORS = ("DomainError", "NotFound", "NotAllowed", "RuleViolated", "BadInput", "StaleVersion", "SourceUnavailable")

OURS = ("marked", "Sentence")
SHOWN = Path("shown_by_programs.py")
"""Made for the time of the extraction: what is shown without standing alone in a source (docstrings, options)."""


class Command(makemessages.Command):
    """Django's own command with our markers, without guesses and without anything that changes by itself."""

    xgettext_options = [*makemessages.Command.xgettext_options, *[f"--keyword={name}" for name in (*OURS, *ERRORS)]]
    msgmerge_options = ["--quiet", "--backup=none", "--update", "--no-fuzzy-matching", "--sort-output"]
    msguniq_options = [*makemessages.Command.msguniq_options, "--sort-output"]

    def write_po_file(self, potfile: str, locale: str) -> None:
        """As Django does, without sentences built in Python (f-strings) and without what changes by itself."""
        pot = Path(potfile)
        entries = pot.read_text(encoding="utf-8").split("\n\n")
        pot.write_text("\n\n".join(e for e in entries if not _BUILT.search(e)), encoding="utf-8")
        super().write_po_file(potfile, locale)
        po = pot.parent / locale / "LC_MESSAGES" / "django.po"
        po.write_text(_CHANGING.sub("", po.read_text(encoding="utf-8")), encoding="utf-8")


def help_texts() -> set[str]:
    """Every help text of the commands."""
    from typer.core import TyperGroup
    from typer.main import get_command

    from ensemblier.cli.main import ENTRIES, app

    def below(command: object) -> set[str]:
        owners = (command, *command.params)
        found = {text for owner in owners if (text := getattr(owner, "help", None))}
        members = command.commands.values() if isinstance(command, TyperGroup) else ()
        return found.union(*map(below, members))

    return {entry.help for entry in ENTRIES.values()}.union(
        below(get_command(app)), *(below(get_command(entry.load())) for entry in ENTRIES.values())
    )


def words_of_interface() -> set[str]:
    """Every text of the description of the interface."""
    from ensemblier.api.v1.interface import api
    from ensemblier.api.v1.words import in_words

    found: list[str] = []
    in_words(api.french_schema(), lambda text: found.append(text) or text)
    return set(found)


def write_shown() -> None:
    """What the programs show, as a source that gettext reads."""
    texts = sorted(help_texts() | words_of_interface())
    SHOWN.write_text("".join(f"_({text!r})\n" for text in texts), encoding="utf-8")


def main() -> None:
    """Extracts from the sources of `ensemblier/`, and from nothing else."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ensemblier.settings.test")
    sys.path.insert(0, str(ROOT))
    django.setup()
    os.chdir(ROOT / "ensemblier")
    write_shown()
    try:
        call_command(
            Command(), locale=["en"], no_location=True, no_wrap=True, no_obsolete=True, ignore_patterns=["migrations"]
        )
    finally:
        SHOWN.unlink()


if __name__ == "__main__":
    main()
