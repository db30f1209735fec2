"""Reads: the professional card of somebody with an account, as telephones take it."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from ensemblier.accounts.models import User
from ensemblier.directory.core.exchange.to_vcard import Card, vcard
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class OwnCard:
    """What one's card says, and its text (vCard 4.0). `phone`: that of the organisation."""

    name: str
    organisation: str
    email: str
    phone: str
    text: str


def own_card(*, actor: Actor) -> OwnCard:
    """One's own card, for the organisation for which one acts: two queries. Raises NotAllowed."""
    user = User.objects.filter(pk=actor.user_id or 0).first()
    organisation = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if user is None or organisation is None:
        raise NotAllowed("Agissez pour une structure : la carte porte son nom.")
    uid = uuid5(NAMESPACE_URL, f"ensemblier:{user.pk}:{organisation.uid}")
    text = vcard(Card(uid, user.name, organisation.name, phone=organisation.phone, email=user.email))
    return OwnCard(user.name, organisation.name, user.email, organisation.phone, text)
