"""A partner without an account answers one relay: a link to the address of the directory, a code told by telephone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from ensemblier.accounts.actions.links import close_links, draw_code, make_link, open_link
from ensemblier.accounts.core.links import LinkPurpose, ProofKind, SecondProof
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership, User
from ensemblier.accounts.queries.links import subject_of
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.relays import acknowledge
from ensemblier.journey.core.movers import PartnerByLink
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Relay
from ensemblier.journey.queries.holding import acts_for_source
from ensemblier.journey.queries.partners import partner_of
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from ensemblier.kernel.messages import Channel, OutMessage
from ensemblier.kernel.orm.models import valid_on
from ensemblier.kernel.orm.outbox import enqueue

LASTS = timedelta(days=8)
SUBJECT = "Une demande attend votre réponse"
LETTER = (
    "Bonjour,\n\nUn professionnel vous adresse une demande pour une personne qui l’a choisi elle-même. Ouvrez ce lien "
    "pour répondre, sans créer de compte :\n{link}\n\nUn code vous sera donné par téléphone. Le lien s’ouvre pendant "
    "huit jours.\n"
)
ASKED_SUBJECT = "Un lien est à renvoyer"
ASKED = (
    "Bonjour,\n\nUne structure n’a pas pu ouvrir le lien d’un relais que vous avez envoyé. Ouvrez-le, envoyez-lui un "
    "nouveau lien, et donnez-lui le code par téléphone.\n"
)
_WAITING = (RelayState.SENT, RelayState.ACKNOWLEDGED, RelayState.INFO_REQUESTED, RelayState.ACCEPTED)
_ANSWERABLE = frozenset({*_WAITING, RelayState.IN_PROGRESS})


def invite_partner(order: Order, *, by: Actor, address_of: Callable[[str], str]) -> str:
    """Send the link of a relay to its recipient, and give back the code to tell by telephone: shown once.

    Earlier links of the relay close. Raises NotFound (not the source's), RuleViolated (over, an adviser there has an
    account, or the directory knows no address).
    """
    with transaction.atomic():
        with acting(by):
            relay = Relay.objects.select_related("recipient").filter(uid=order.relay).first()
            is_ours = relay is not None and acts_for_source(relay, by)
        if relay is None or relay.recipient is None or not is_ours:
            raise NotFound("Ce relais n’existe pas, ou n’existe plus.")
        if relay.state not in _ANSWERABLE:
            raise RuleViolated("Ce relais n’attend plus de réponse.")
        if has_advisers(relay.recipient.pk, order.at):
            raise RuleViolated("Cette structure a des conseillers ici : elle répond depuis son compte.")
        if not relay.recipient.email:
            raise RuleViolated("L’annuaire n’a pas de courriel pour cette structure : ajoutez-le, ou appelez-la.")
        close_links(LinkPurpose.RELAY_ANSWER, relay.uid, at=order.at)
        code = draw_code()
        proof = SecondProof(ProofKind.CODE, code)
        token = make_link(LinkPurpose.RELAY_ANSWER, relay.uid, second_proof=proof, expires_at=order.at + LASTS)
        enqueue(
            OutMessage(
                kind="relay.link",
                channel=Channel.EMAIL,
                to=relay.recipient.email,
                subject=SUBJECT,
                body=LETTER.format(link=address_of(token)),
                key=uuid5(order.key, token),
                subject_uid=relay.uid,
            ),
            at=order.at,
        )
        return code


def has_advisers(organisation_id: int, at: datetime) -> bool:
    """Whether somebody of the organisation answers relays from an account."""
    day = at.astimezone(PARIS).date()
    rows = Membership.objects.filter(valid_on(day), organisation_id=organisation_id, role=Role.ADVISER.value)
    return rows.filter(user__is_active=True).exists()


def open_as_partner(token: str, *, proof: str, name: str, at: datetime, key: UUID) -> PartnerByLink:
    """Open the relay of a link with its code, and take it in hand when nobody has.

    Raises BadInput (no name), NotAllowed (wrong code, or a link that no longer opens), NotFound, RuleViolated.
    """
    if not name.strip():
        raise BadInput("Dites votre nom : la personne et l’expéditeur savent qui répond.", field="name")
    uid = open_link(token, LinkPurpose.RELAY_ANSWER, proof, at)
    by = partner_of(uid, name.strip()[:120])
    if by is None:
        raise NotFound("Cette demande n’existe plus.")
    with acting(by):
        relay = Relay.objects.filter(uid=uid).first()
    if relay is not None and relay.state == RelayState.SENT:
        acknowledge(Order(uid, relay.version, key, at), by=by)
    return by


def ask_new_link(token: str, *, at: datetime) -> None:
    """Tell the sender that a link no longer opens: once a day, and the same silence for a link that never existed."""
    uid = subject_of(token, LinkPurpose.RELAY_ANSWER)
    by = partner_of(uid) if uid is not None else None
    if uid is None or by is None:
        return
    with acting(by):
        relay = Relay.objects.filter(uid=uid, ended_at=None).first()
    sender = User.objects.filter(pk=relay.source_adviser_id, is_active=True).first() if relay else None
    if sender is None:
        return
    day = at.astimezone(PARIS).date()
    key = uuid5(uid, f"new link asked {day}")
    message = OutMessage("relay.link_asked", Channel.EMAIL, sender.email, ASKED_SUBJECT, ASKED, key, subject_uid=uid)
    enqueue(message, at=at)
