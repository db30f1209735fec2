"""Where to reach those who are to be told of a relay. Only the worker reads addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership, User
from ensemblier.accounts.queries.staff import away_on
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.links_sent import make_choice_link, make_stop_link
from ensemblier.journey.core.notices import Audience
from ensemblier.journey.core.persons import PreferredContact
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.replies import reply_address
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Person, PersonLink, Relay, WebhookSubscription
from ensemblier.kernel.messages import Channel
from ensemblier.kernel.orm.models import valid_on

FEW = 5
"""Up to so many members of a desk are written to by name; beyond, its common address is used if it has one."""
_IN_PERSON = frozenset({PreferredContact.ADVISER, PreferredContact.IN_PERSON, PreferredContact.POST})


@dataclass(frozen=True, slots=True)
class Address:
    """One address, with the links that its message holds and where an answer goes ("" when answers are not read).

    `precision`: what the words of the notice say besides to this address."""

    channel: Channel
    to: str
    links: Mapping[str, str] = field(default_factory=dict)
    reply_to: str = ""
    precision: str = ""


def addresses_of(relay: Relay, audience: Audience, at: datetime) -> list[Address]:
    """Everybody of that audience who can be reached; empty when nobody can."""
    if audience is Audience.SYSTEMS:
        return _systems(relay)
    if audience is Audience.PERSON:
        return _person(relay, at)
    if audience is Audience.SOURCE:
        found = _users(relay, [relay.source_adviser_id], at) or _desk(relay, relay.source_id, at)
        return [replace(each, precision=".by_link") for each in found] if _waits_for_a_link(relay, at) else found
    if audience is Audience.RECIPIENT and relay.adviser_id is not None:
        return _users(relay, [relay.adviser_id], at) or _desk(relay, relay.recipient_id, at)
    if audience is Audience.TEAM_LEAD:
        late = relay.source_id if relay.state == RelayState.INFO_REQUESTED else relay.recipient_id
        return _users(relay, _members(late or 0, {Role.TEAM_LEAD}, at), at) or _desk(relay, late, at)
    return _desk(relay, relay.recipient_id, at)


def _waits_for_a_link(relay: Relay, at: datetime) -> bool:
    """Whether the relay is in nobody's hands, where nobody has an account."""
    return relay.state == RelayState.SENT and not _members(relay.recipient_id or 0, {Role.ADVISER}, at)


def _systems(relay: Relay) -> list[Address]:
    told = [relay.source_id] + ([relay.recipient_id] if relay.sent_at is not None and relay.recipient_id else [])
    rows = WebhookSubscription.objects.filter(organisation_id__in=told, ended_at__isnull=True).order_by("pk")
    return [Address(Channel.WEBHOOK, row.address) for row in rows]


def _person(relay: Relay, at: datetime) -> list[Address]:
    """As she prefers; through her adviser when she asked so."""
    if relay.person.preferred_contact in _IN_PERSON:
        return _users(relay, [relay.source_adviser_id], at)
    reply_to = reply_address(settings.MAIL_REPLIES, relay.uid, 0, settings.SECRET_KEY)
    links = _stop(relay, at) | _choice(relay, at)
    return person_addresses(relay.person, f"relais/{relay.uid}/", links, reply_to)


def person_addresses(
    person: Person, place: str = "", stop: Mapping[str, str] | None = None, reply_to: str = ""
) -> list[Address]:
    """Where a person is written to; `place`: the page of her space."""
    links = {"read": f"{settings.PUBLIC_URL}/mon-espace/{place}", **(stop or {})}
    by_phone = person.preferred_contact in (PreferredContact.SMS, PreferredContact.PHONE)
    if _has_mobile(person) and (by_phone or not person.email):
        return [Address(Channel.SMS, person.phone, links)]
    return [Address(Channel.EMAIL, person.email, links, reply_to)] if person.email else []


def _has_mobile(person: Person) -> bool:
    digits = "".join(sign for sign in person.phone if sign.isdigit())
    return digits.removeprefix("0033").removeprefix("33").removeprefix("0")[:1] in ("6", "7")


def _stop(relay: Relay, at: datetime) -> dict[str, str]:
    """A link that stops the sharing without an account, in one click on the page that it opens."""
    consent = relay.consent
    if consent is None or consent.revoked_at is not None:
        return {}
    return {"stop": f"{settings.PUBLIC_URL}/arreter/{make_stop_link(consent.uid, at=at)}/"}


def _choice(relay: Relay, at: datetime) -> dict[str, str]:
    """For somebody whose file is in no space: a link to this choice alone, which her year of birth opens."""
    born = relay.person.born
    is_hers_to_choose = relay.state == RelayState.AWAITING_PERSON and born is not None
    if not is_hers_to_choose or PersonLink.objects.filter(person=relay.person, unlinked_at=None).exists():
        return {}
    token = make_choice_link(relay.uid, birth_year=born.year if born else 0, at=at)
    return {"read": f"{settings.PUBLIC_URL}/mon-choix/{token}/"}


def _users(relay: Relay, ids: list[int | None], at: datetime) -> list[Address]:
    """Members who are still there, each with an address of their own for answers."""
    asked = [pk for pk in ids if pk is not None]
    here = asked + _substitutes(relay, asked, at)
    there = _there(at).filter(user__in=here).values("user")
    links = {"read": f"{settings.PUBLIC_URL}/relais/{relay.uid}/"}
    return [
        Address(
            Channel.EMAIL,
            user.email,
            links,
            reply_address(settings.MAIL_REPLIES, relay.uid, user.pk, settings.SECRET_KEY),
        )
        for user in User.objects.filter(pk__in=there).order_by("pk")
    ]


def _substitutes(relay: Relay, ids: list[int], at: datetime) -> list[int]:
    """Who stands in today, in either organisation of the relay, for those who are away: told besides them."""
    today, sides = at.astimezone(PARIS).date(), {relay.source_id, relay.recipient_id} - {None}
    away = [one for side in sides for one in away_on(ids, side or 0, on=today).values()]
    return [one.substitute_id for one in away if one.substitute_id is not None]


def _there(at: datetime) -> "QuerySet[Membership]":
    return Membership.objects.filter(valid_on(at.astimezone(PARIS).date()), user__is_active=True)


def _members(organisation_id: int, roles: set[Role], at: datetime) -> list[int | None]:
    rows = _there(at).filter(organisation_id=organisation_id, role__in=[role.value for role in roles])
    return [*rows.order_by("user_id").values_list("user_id", flat=True).distinct()[: FEW + 1]]


def _desk(relay: Relay, organisation_id: int | None, at: datetime) -> list[Address]:
    if organisation_id is None:
        return []
    members = _members(organisation_id, {Role.ADVISER, Role.DESK}, at)
    common = Organisation.objects.filter(pk=organisation_id).values_list("email", flat=True).first() or ""
    if common and (len(members) > FEW or not members):
        # Where nobody has an account, the page of a relay opens to nobody: its sender gives a signed link.
        links = {"read": f"{settings.PUBLIC_URL}/relais/{relay.uid}/"} if members else {}
        return [Address(Channel.EMAIL, common, links)]
    return _users(relay, members[:FEW], at)
