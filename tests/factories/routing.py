"""Aiguillage agreements for tests."""

from datetime import date
from uuid import UUID

from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.routing.actions.agreements import AgreementDraft, ShareLine, record_agreement, sign_agreement
from ensemblier.routing.core.states import ShareKind
from ensemblier.territory.models import Perimeter
from tests.factories.territory import GAP, Place, make_commune

LEA = Actor(user_id=3, organisation_id=0, roles=frozenset({"coordinator"}), label="Léa")
"""The coordinator of the territory."""

TRAINEES = ShareLine(
    public={"status": ["paid_trainee"]},
    public_label="stagiaires rémunérés",
    kind=ShareKind.DESIGNATED,
    operator="regional_operator",
    reason="Les stagiaires rémunérés sont reçus par l’opérateur régional",
)


def make_perimeter(*places: Place) -> Perimeter:
    """A perimeter of these communes (Gap by default)."""
    row, _ = Perimeter.objects.get_or_create(name="Bassin gapençais", holder_label="Cellule", purpose="convention")
    row.communes.set([make_commune(place) for place in places or (GAP,)])
    return row


def make_cell(holder: Organisation, *places: Place) -> Perimeter:
    """The territory that `holder` coordinates: these communes (Gap by default)."""
    row, _ = Perimeter.objects.get_or_create(
        name=f"Cellule de {holder.name}", holder_label=holder.name, holder_uid=holder.uid, purpose="cell"
    )
    row.communes.set([make_commune(place) for place in places or (GAP,)])
    return row


def make_agreement(
    parties: list[Organisation], *lines: ShareLine, signed: bool = True, valid_from: date = date(2026, 1, 1)
) -> UUID:
    """An agreement on Gap, signed by everybody unless told otherwise."""
    draft = AgreementDraft(
        title="Accord du bassin gapençais",
        perimeter_uid=make_perimeter().uid,
        parties=[party.uid for party in parties],
        shares=lines or (TRAINEES,),
        review_on=date(2027, 6, 30),
        valid_from=valid_from,
    )
    uid = record_agreement(draft, actor=LEA)
    for party in parties if signed else ():
        sign_agreement(uid, actor=adviser_of(party), on=valid_from)
    return uid


def adviser_of(organisation: Organisation, *roles: str) -> Actor:
    """Somebody who may sign for an organisation."""
    return Actor(user_id=organisation.pk, organisation_id=organisation.pk, roles=frozenset(roles or ("coordinator",)))
