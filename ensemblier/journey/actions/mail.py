"""An e-mailed answer becomes a message on its relay, never a state."""

from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.accounts.queries.members import actor_for, memberships_of
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.relay_messages import MessageDraft, write_message
from ensemblier.journey.core.consent import ConsentChannel
from ensemblier.journey.core.mail import ReceivedMail, read_mail
from ensemblier.journey.core.movers import Mover, PersonHerself
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.relay_messages import MessageChannel
from ensemblier.journey.core.replies import Reply, read_reply_address
from ensemblier.journey.models import Relay
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound

UNKNOWN = "Cette adresse ne reçoit pas de réponse, ou n’en reçoit plus de vous."


def receive_mail(raw: bytes, *, to: str = "", at: datetime) -> UUID | None:
    """Keep an answer on its relay; None for what a machine sent. The same mail twice is one message.

    `to`: the address it came to, when the mail server says so. Raises BadInput, NotFound, NotAllowed, RuleViolated.
    """
    mail = read_mail(raw)
    if mail.is_automatic:
        return None
    found = (read_reply_address(address, settings.SECRET_KEY) for address in (to, *mail.to) if address)
    reply = next((reply for reply in found if reply), None)
    if reply is None:
        raise NotFound(UNKNOWN)
    if not mail.text:
        raise BadInput("Ce courriel ne contient aucun texte au-dessus de la citation.")
    with acting(SYSTEM):
        relay = Relay.objects.select_related("person", "source", "recipient").filter(uid=reply.relay).first()
    if relay is None:
        raise NotFound(UNKNOWN)
    key = uuid5(relay.uid, mail.message_id or mail.text)
    order = Order(relay.uid, relay.version, key, at)
    return write_message(order, by=_author(reply, relay, mail, at), draft=MessageDraft(mail.text, channel=_MAIL))


_MAIL = MessageChannel.MAIL


def _author(reply: Reply, relay: Relay, mail: ReceivedMail, at: datetime) -> Mover:
    """Whom the address was made for; she must also write from the address to which it was sent."""
    if reply.user_id == 0:
        if mail.sender != relay.person.email.lower():
            raise NotAllowed(UNKNOWN)
        return PersonHerself(relay.person_id, ConsentChannel.SIGNED_LINK)
    user = User.objects.filter(pk=reply.user_id, is_active=True, email__iexact=mail.sender).first()
    if user is None:
        raise NotAllowed(UNKNOWN)
    day = at.astimezone(PARIS).date()
    parties = {relay.source_id, relay.recipient_id}
    for membership in memberships_of(user.pk, on=day):
        if membership.organisation_id in parties and Role.ADVISER in membership.roles:
            return actor_for(user.pk, membership.organisation_uid, on=day, label=user.name)
    raise NotAllowed(UNKNOWN)
