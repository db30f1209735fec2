"""The terminal speaks French, or English when one asks: help, answers, refusals and reports."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from ensemblier.cli.errors import MEANINGS, report
from ensemblier.cli.frame import in_language
from ensemblier.cli.imports import show
from ensemblier.cli.main import ENTRIES, app
from ensemblier.cli.words import _, language_of, said, speak
from ensemblier.directory.core.exchange.fields import Fields
from ensemblier.directory.core.exchange.records import RawRow
from ensemblier.directory.core.exchange.report import Outcome, Tally, report_of
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import Sentence, kept, kept_sentence

FRENCH = re.compile(
    r"\b(?:le|la|les|des|du|une|un|est|et|ou|pour|dans|avec|sans|qui|que|sur|par|ce|cette|il|ne|pas|rien|où|à)\b", re.I
)


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The terminal of somebody who reads English."""
    monkeypatch.setenv("ENSEMBLIER_LANG", "en")
    yield


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "en"),
        ({"LANGUAGE": "en:fr", "LANG": "fr_FR"}, "en"),
        ({"ENSEMBLIER_LANG": "fr", "LANG": "en_US.UTF-8"}, "fr"),
    ],
)
def test_the_language_comes_from_the_usual_variables(environment: dict[str, str], code: str) -> None:
    assert language_of(environment) == code


def test_lang_counts_wherever_it_stands(english: None) -> None:
    assert speak(["orient", "--lang", "fr", "--json"]) == ["orient", "--json"] and os.environ["ENSEMBLIER_LANG"] == "fr"
    assert speak(["--lang=en", "--help"]) == ["--help"] and os.environ["ENSEMBLIER_LANG"] == "en"
    with pytest.raises(BadInput):
        speak(["--lang", "de"])


def test_the_help_of_every_command_is_english_when_asked(english: None) -> None:
    texts: list[str] = []

    def gather(command: object) -> None:
        texts.extend(text for owner in (command, *command.params) if (text := getattr(owner, "help", None)))  # type: ignore[attr-defined]
        for member in command.commands.values() if isinstance(command, TyperGroup) else ():
            gather(member)

    for entry in ENTRIES.values():
        command = get_command(entry.load())
        in_language(command)
        gather(command)
        texts.append(said(entry.help))
    assert len(texts) > 100
    assert [text for text in texts if len(FRENCH.findall(text)) > 1] == []


def test_seeded_fault_a_help_that_is_only_french_is_seen() -> None:
    assert len(FRENCH.findall(ENTRIES["orient"].help)) > 1


def test_the_root_help_is_in_the_language_asked_for(english: None) -> None:
    shown = CliRunner().invoke(app, ["--lang", "en", "--help"]).output
    assert "Who can accompany this person" in shown and "Exit codes" in shown
    shown = CliRunner().invoke(app, ["--help", "--lang=fr"]).output
    assert "Qui peut accompagner" in shown and "Codes de sortie" in shown


def test_a_refusal_is_said_in_english_with_its_values(english: None, capsys: pytest.CaptureFixture[str]) -> None:
    report(BadInput("« %(code)s » n'est pas un code postal", values={"code": "7500"}), as_json=False)
    assert capsys.readouterr().err == "Error: “7500” is not a postcode\n"
    assert all(len(FRENCH.findall(said(meaning))) < 2 for meaning in MEANINGS.values())


def test_a_sentence_within_a_sentence_follows(english: None) -> None:
    inner = Sentence("« %(code)s » n'est pas un code postal", code="7500")
    assert _("Cas %(label)s : %(message)s", label="a", message=inner) == "Case a: “7500” is not a postcode"


def test_the_report_of_an_import_is_in_english(english: None, capsys: pytest.CaptureFixture[str]) -> None:
    fields = Fields({"nom": "=1+1", "mail": "abc", "lat": "x"})
    fields.name("nom")
    fields.email("mail")
    fields.number("lat")
    tally = Tally(rows=1)
    tally.outcomes[Outcome.ACCEPTED] += 1
    tally.aside(RawRow(4, dict(fields.raw)), tuple(fields.problems))
    tally.ignored[Sentence("ligne d'aide du modèle de tableur")] += 2
    show(
        [report_of(tally, format_code="tableau", source="s", file_name="f.csv", stored=False, run_id=None)],
        as_json=False,
    )
    shown = capsys.readouterr().out
    assert "line 4, nom: " in shown or "line 4, nom : " in shown
    assert "The cell holds a formula" in shown and "help line of the spreadsheet template" in shown
    assert not re.search(r"ligne|Lignes|acceptées|remplacez", shown)


def test_a_stored_reason_can_be_said_again() -> None:
    reason = Sentence("Valeur inconnue « %(code)s », laissée de côté.", code="x%y")
    template, values = kept(reason)
    again = kept_sentence(str(reason), template, values)
    assert again == reason == "Valeur inconnue « x%y », laissée de côté."
    assert isinstance(again, Sentence) and kept("plain") == ("", {})
    assert kept_sentence("plain", "", {}) == "plain"


def test_the_catalogues_are_beside_the_code() -> None:
    root = Path(__file__).resolve().parents[2] / "ensemblier" / "locale"
    assert (root / "en" / "LC_MESSAGES" / "django.mo").exists() and (root / "fr" / "LC_MESSAGES" / "django.mo").exists()
