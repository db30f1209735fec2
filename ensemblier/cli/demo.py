"""`ensemblier demo`: the demonstration territory, composed here from the directory, the agreements and the accounts."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import typer
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ensemblier.accounts.actions.demonstration import close_demonstration_accounts, open_demonstration_accounts
from ensemblier.accounts.core.demonstration import PEOPLE
from ensemblier.animation.actions.demonstration import load_demonstration_animation, remove_demonstration_animation
from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.words import _, said
from ensemblier.directory.actions.demonstration import DemonstrationReport, load_demonstration, remove_demonstration
from ensemblier.directory.actions.duplicates.pairs import find_pairs
from ensemblier.directory.queries.demonstration import is_loaded, organisation_names
from ensemblier.journey.actions.demonstration import load_demonstration_files, remove_demonstration_files
from ensemblier.kernel.actor import SYSTEM
from ensemblier.library.actions.demonstration import load_demonstration_library, remove_demonstration_library
from ensemblier.routing.actions.demonstration import sign_demonstration_agreement, withdraw_demonstration_agreement

app = typer.Typer(no_args_is_help=True, help="Charger ou retirer le territoire fictif de démonstration (Hautes-Alpes).")

WORDS = (
    "porte",
    "lac",
    "neige",
    "corde",
    "refuge",
    "sentier",
    "marmotte",
    "torrent",
    "alpage",
    "cairn",
    "vallon",
    "prairie",
    "cascade",
    "bouleau",
    "thym",
    "cabane",
    "fontaine",
    "traverse",
    "passerelle",
    "balcon",
    "grange",
    "estive",
    "colline",
    "source",
    "moulin",
    "clocher",
    "place",
    "sapin",
    "chamois",
    "hermine",
)


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the list of accounts: who, and what they may do."""

    email: str
    name: str
    roles: tuple[str, ...]


def accounts() -> tuple[Account, ...]:
    """The demonstration accounts, in the order of their file; the demonstration must be there."""
    names = organisation_names({key for person in PEOPLE for key, _ in person.memberships})
    return tuple(
        Account(
            person.email, person.name, tuple(f"{said(role.label)}, {names[key]}" for key, role in person.memberships)
        )
        for person in PEOPLE
    )


def password() -> str:
    """The password of the demonstration on this machine: drawn once, kept in `var/` for its owner only.

    Drawn rather than written in the source: a demonstration loaded on a server must not open with a known word.
    """
    path = Path(settings.ROOT) / "var" / "demonstration-password"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    drawn = "-".join(secrets.choice(WORDS) for _ in range(3)) + f"-{secrets.randbelow(9000) + 1000}"
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(drawn)
    return drawn


@transaction.atomic
def load_all() -> DemonstrationReport:
    """Directory, agreement, accounts, then files, relays, library, animation, all or nothing; twice changes nothing."""
    today = timezone.localdate()
    is_new = not is_loaded()
    report = load_demonstration(today=today)
    sign_demonstration_agreement(today=today)
    open_demonstration_accounts(password=password())
    load_demonstration_files(now=timezone.now())
    load_demonstration_library(on=today)
    load_demonstration_animation(now=timezone.now())
    if is_new:
        find_pairs(actor=SYSTEM)
    return report


@transaction.atomic
def remove_all() -> DemonstrationReport:
    """Animation, library, files, accounts and agreement, then directory, all or nothing; what is real stays."""
    remove_demonstration_animation()
    remove_demonstration_library()
    remove_demonstration_files(now=timezone.now())
    close_demonstration_accounts()
    withdraw_demonstration_agreement()
    return remove_demonstration()


def account_lines() -> list[str]:
    """What `make run` prints: each account with its role, and the password; nothing when it was removed."""
    if not is_loaded():
        return []
    lines = [f"  {account.email:<22} {account.name} : {' ; '.join(account.roles)}" for account in accounts()]
    return [
        _("Comptes de démonstration (personnes et structures fictives) :"),
        *lines,
        _("Mot de passe : %(password)s", password=password()),
    ]


@app.command("load")
def load(as_json: AsJson = False) -> None:
    """Charger la démonstration : structures fictives sur de vraies communes, et comptes pour essayer."""
    report = load_all()
    if as_json:
        print_json({"loaded": report, "accounts": accounts(), "password": password()})
        return
    print(
        _(
            "Démonstration chargée : %(organisations)s structures fictives, %(sites)s lieux.",
            organisations=report.organisations,
            sites=report.sites,
        )
    )
    print("\n".join(account_lines()))


@app.command("remove")
def remove(as_json: AsJson = False) -> None:
    """Retirer toute la démonstration, comptes compris ; rien de réel n'est touché."""
    report = remove_all()
    if as_json:
        print_json({"removed": report})
        return
    print(
        _(
            "Démonstration retirée : %(organisations)s structures fictives, %(sites)s lieux et les comptes.",
            organisations=report.organisations,
            sites=report.sites,
        )
    )
