"""Which files an account reads: the links that the person made. Read before anybody acts in her name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ensemblier.journey.core.consent import ConsentChannel
from ensemblier.journey.core.links import LinkOrigin
from ensemblier.journey.core.movers import CLERK, PersonHerself
from ensemblier.journey.models import Consent, PersonLink, Relay
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """One file of hers. `herself`: who acts on it; `link_uid`: what she undoes."""

    herself: PersonHerself
    link_uid: UUID
    person_uid: UUID
    given_name: str
    organisation_name: str
    origin: LinkOrigin
    linked_at: datetime


def files_of_account(account_id: int) -> tuple[LinkedFile, ...]:
    """The files linked to this account now, oldest link first. One query, whatever their number."""
    with acting(CLERK):
        rows = (
            PersonLink.objects.filter(account_id=account_id, unlinked_at=None)
            .select_related("person__organisation")
            .only(
                *("uid", "origin", "linked_at", "person__uid", "person__given_name", "person__organisation__name"),
            )
            .order_by("linked_at", "pk")
        )
        return tuple(
            LinkedFile(
                herself=PersonHerself(row.person_id, ConsentChannel.ACCOUNT),
                link_uid=row.uid,
                person_uid=row.person.uid,
                given_name=row.person.given_name,
                organisation_name=row.person.organisation.name,
                origin=LinkOrigin(row.origin),
                linked_at=row.linked_at,
            )
            for row in rows
        )


def person_of_consent(consent_uid: UUID) -> PersonHerself:
    """Who may stop this sharing from a signed link that was opened with its second proof. Raises NotFound."""
    with acting(CLERK):
        found = Consent.objects.filter(uid=consent_uid).values_list("person_id", flat=True).first()
    return _by_link(found)


def person_of_relay(relay_uid: UUID) -> PersonHerself:
    """Who may choose on this relay from a signed link that was opened with its second proof. Raises NotFound."""
    with acting(CLERK):
        found = Relay.objects.filter(uid=relay_uid).values_list("person_id", flat=True).first()
    return _by_link(found)


def _by_link(person_id: int | None) -> PersonHerself:
    if person_id is None:
        raise NotFound("Ce lien ne mène plus à rien : demandez-en un nouveau.")
    return PersonHerself(person_id, ConsentChannel.SIGNED_LINK)
