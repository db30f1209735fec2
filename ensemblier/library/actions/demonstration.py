"""Load and remove the fictitious resources of the demonstration territory, deposited as everybody would."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from ensemblier.accounts.queries.demonstration import demonstration_actor
from ensemblier.directory.models import Organisation
from ensemblier.library.actions.contents import write_transcript
from ensemblier.library.actions.resources import deposit_resource
from ensemblier.library.core.kinds import Audience, Domain, Licence, ResourceKind
from ensemblier.library.core.notices import Notice, issued
from ensemblier.library.models import Resource
from ensemblier.library.sql.index import count_words
from ensemblier.territory.models import Zone

_FICTITIOUS = "Exemple fictif de la démonstration."
_FILM = """WEBVTT

00:00.000 --> 00:09.000
Bonjour à tous. Nous sommes quatre, et nous recevons souvent les mêmes personnes.

00:09.000 --> 00:21.000
Quand quelqu’un arrive chez nous en fin de contrat, la première question est simple : veut-il rester saisonnier ?

00:21.000 --> 00:42.000
S’il veut changer de métier, je ne lui donne pas une adresse : je l’appelle devant lui, et nous passons le relais.

00:42.000 --> 01:05.000
Le logement bloque plus souvent que la formation. Alors nous commençons par le logement des saisonniers.
"""
_RELAY_FILM = Notice(
    title="Le relais d’un saisonnier, raconté par quatre conseillers", kind=ResourceKind.VIDEO,
    abstract=f"{_FICTITIOUS} Une minute, avec sa transcription.", domain=Domain.COOPERATION,
    keywords=("saisonnier", "relais"), identifier="exemple-fictif-1", publisher="Cité des métiers",
)  # fmt: skip
_WHOM_TO_CALL = Notice(
    title="Qui appeler quand un contrat saisonnier s’arrête", kind=ResourceKind.TOOL,
    abstract=f"{_FICTITIOUS} Une page à garder près du téléphone.", domain=Domain.EMPLOYMENT,
    keywords=("saisonnier", "fin de contrat"), identifier="exemple-fictif-2",
    body="Dans les quinze jours qui suivent la fin du contrat, voir d’abord les droits, puis le logement, puis "
    "l’envie : rester, changer de station, changer de métier.",
)  # fmt: skip
_FIRST_TALK = Notice(
    title="Trame du premier entretien", kind=ResourceKind.FORM, domain=Domain.ADVICE,
    abstract=f"{_FICTITIOUS} Trois questions ouvertes, et de la place pour écrire.",
    keywords=("entretien", "accueil", "posture"), identifier="exemple-fictif-3", audience=Audience.MEMBERS,
    body="Qu’est-ce qui vous amène ? Qu’est-ce qui a déjà été essayé ? Que voulez-vous garder ?",
)  # fmt: skip


@transaction.atomic
def load_demonstration_library(*, on: date) -> int:
    """A few resources of the fictitious structures; returns how many. None when they are there already."""
    if Resource.objects.filter(identifier="exemple-fictif-1").exists():
        return 0
    zone = "departement:05" if Zone.objects.filter(key="departement:05").exists() else ""
    advisers = demonstration_actor("conseil@example.org", "mission-locale", on=on)
    home = demonstration_actor("animation@example.org", "cite-des-metiers", on=on)

    def fictitious(notice: Notice) -> Notice:
        return replace(notice, zone_key=zone, is_fictitious=True, issued=issued(str(on.year)), licence=Licence.CC_BY)

    film = fictitious(_RELAY_FILM)
    write_transcript(deposit_resource(film, actor=home, on=on), _FILM, actor=home)
    deposit_resource(fictitious(_WHOM_TO_CALL), actor=home, on=on)
    deposit_resource(fictitious(_FIRST_TALK), actor=advisers, on=on)
    count_words()
    return 3


@transaction.atomic
def remove_demonstration_library() -> int:
    """Take away what fictitious organisations deposited; returns how many."""
    ids = list(Organisation.objects.filter(is_fictitious=True).order_by().values_list("pk", flat=True))
    rows = Resource.objects.filter(holder_id__in=ids)
    Resource.objects.filter(publisher_id__in=ids).update(publisher=None)
    return rows.delete()[1].get("library.Resource", 0)
