"""The fictitious aiguillage agreement of the demonstration: three villages, one public shared out.

It stays away from the towns that people try first: an invented agreement must not colour the law's own answers there.
"""

from datetime import date

from django.db import transaction

from ensemblier.directory.core.demonstration.identifiers import uid_of
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.models import Organisation
from ensemblier.routing.core.states import AgreementState, ShareKind
from ensemblier.routing.models import Agreement, AgreementParty, AgreementShare
from ensemblier.territory.actions.perimeters import NewPerimeter, record_perimeter
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.models import Perimeter

UID = uid_of("agreement", "stations")
VILLAGES = frozenset({"05098", "05119", "05177"})
PARTIES = ("operateur-regional", "france-travail", "mission-locale", "guichet-saisonnier")
HOLDER = "Guichet saisonnier fictif du Guillestrois"


@transaction.atomic
def sign_demonstration_agreement(*, today: date) -> None:
    """The agreement is in force with its four fictitious parties; twice changes nothing."""
    perimeter = record_perimeter(
        NewPerimeter(
            name="Stations fictives du Guillestrois (démonstration)",
            holder_label=HOLDER,
            purpose=PerimeterPurpose.CONVENTION,
            communes=VILLAGES,
            holder_uid=uid_of("organisation", "guichet-saisonnier"),
            source="Démonstration (fictif)",
        )
    )
    agreement, _ = Agreement.objects.update_or_create(
        uid=UID,
        defaults={
            "title": "Accord fictif des stations (démonstration)",
            "perimeter": Perimeter.objects.get(uid=perimeter),
            "state": AgreementState.IN_FORCE.value,
            "valid_from": date(2026, 1, 1),
            "review_on": today.replace(year=today.year + 1, day=1),
        },
    )
    for key in PARTIES:
        AgreementParty.objects.update_or_create(
            agreement=agreement,
            organisation=Organisation.objects.get(uid=uid_of("organisation", key)),
            defaults={"signed_on": date(2026, 1, 1), "signed_by": "Personne fictive"},
        )
    AgreementShare.objects.update_or_create(
        agreement=agreement,
        public_label="Aides familiaux sans salaire (exemple fictif)",
        defaults={
            "public": {"status": "unpaid_helper"},
            "kind": ShareKind.DESIGNATED.value,
            "operator": Operator.REGIONAL_OPERATOR.value,
            "reason": "Accord fictif de démonstration : l'opérateur régional reçoit les aides familiaux des stations",
        },
    )


@transaction.atomic
def withdraw_demonstration_agreement() -> None:
    """The agreement and its perimeter go; nothing else."""
    Agreement.objects.filter(uid=UID).delete()
    Perimeter.objects.filter(holder_uid=uid_of("organisation", "guichet-saisonnier"), holder_label=HOLDER).delete()
