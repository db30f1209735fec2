"""Interlocutors as vCards: the same ones that the actor may see on the page, no more."""

from datetime import date
from uuid import UUID

from ensemblier.directory.core.exchange.to_vcard import Card, vcard
from ensemblier.directory.core.views import ContactView
from ensemblier.directory.queries.contacts import contacts_of
from ensemblier.kernel.actor import Actor


def card_of(contact: ContactView) -> str:
    """The vCard of an interlocutor already read for the actor."""
    note = f"Sujets : {', '.join(contact.subjects)}" if contact.subjects else ""
    return vcard(
        Card(
            uid=contact.uid,
            name=contact.name,
            organisation=contact.organisation_name,
            role=contact.role,
            phone=contact.phone,
            email=contact.email,
            note=note,
        )
    )


def vcards_of(organisation_uid: UUID | str, *, actor: Actor, on: date) -> str:
    """vCards of the interlocutors of an organisation that the actor may see; "" when there is none."""
    return "".join(card_of(contact) for contact in contacts_of(organisation_uid, actor=actor, on=on))
