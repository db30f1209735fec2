"""One row of every table of the journey for Awa's file (at Bruno's), one for Béa's (at Denis's), and their readers.

Rows are written beside the actions, constraints off, so that every table has its row whatever it asks for: only who
sees it is tried here. Every text is a canary that says whose file it is of.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.movers import Mover, PartnerByLink, PersonHerself
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Access, Consent, Episode, Relay
from ensemblier.kernel.actor import SYSTEM, Actor
from tests.factories.accounts import make_actor, make_member, make_user
from tests.factories.directory import make_organisation
from tests.factories.journey import MONDAY, SHARED, Desk, make_consent, make_desk_of_two, make_draft, make_episode

AWA_ROW, BEA_ROW = 30_001, 30_002
CANARIES = {AWA_ROW: "canari-awa", BEA_ROW: "canari-bea"}
LATER = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class World:
    """Who reads, and the relay whose state and consent the proofs change."""

    readers: dict[str, Mover]
    relay: Relay
    consent: Consent


def made_world() -> World:
    """Everybody, two files, a relay from Awa's file to Chloé's organisation, a joint one to Hugo's, and rows."""
    desk = make_desk_of_two()
    episode = make_episode(desk)
    foreign = make_episode(Desk(desk.denis, desk.chloe, desk.bruno))
    relay = make_draft(desk, episode, RelayKind.REFERRAL)
    consent = make_consent(desk, episode)
    readers: dict[str, Mover] = {"awa": PersonHerself(episode.person_id), "bea": PersonHerself(foreign.person_id)}
    readers |= {"bruno": desk.bruno, "chloe": desk.chloe, "denis": desk.denis}
    readers |= _colleagues(desk, episode)
    readers["hugo"] = hugo = make_actor("Hugo", make_organisation("Transitions Pro"))
    # A colleague of Hugo's, to whom Awa shares nothing.
    readers["hana"] = Actor(make_user("Hana").pk, hugo.organisation_id, frozenset({"adviser"}), "Hana")
    with constraints_off():
        _joint(desk, episode, readers["hugo"])
        Relay.objects.filter(pk=relay.pk).update(recipient_id=desk.recipient, consent=consent, adviser=None)
        _fill(AWA_ROW, _links(desk.bruno, episode, relay.pk, consent.pk))
        other = _foreign_relay(desk, foreign)
        _fill(BEA_ROW, _links(desk.denis, foreign, other.pk, other.consent_id or 0))
    readers["partner"] = PartnerByLink(relay.uid, desk.recipient, "Dr Y")
    readers |= {"nobody": Actor(), "worker": SYSTEM}
    return World(readers, relay, consent)


def _colleagues(desk: Desk, episode: Episode) -> dict[str, Actor]:
    """At Bruno's: Élise without access, Fatou a substitute who leads the team, Gaël and Ida whose access is over."""
    organisation_id = desk.bruno.organisation_id or 0
    found = {}
    now = timezone.now()
    for name in ("elise", "fatou", "gael", "ida"):
        user = make_user(name)
        roles = frozenset({"adviser", "team_lead"} if name == "fatou" else {"adviser"})
        actor = Actor(user.pk, organisation_id, roles, name)
        found[name] = actor
        same = {"person_id": episode.person_id, "organisation_id": organisation_id, "user": user}
        if name == "fatou":
            Access.objects.create(reason="substitute", why="congé", since=now, until=LATER, **same)
        if name == "gael":
            Access.objects.create(reason="member", since=now, ended_at=now, **same)
        if name == "ida":
            Access.objects.create(reason="member", since=now - timedelta(9), until=now - timedelta(1), **same)
    dana, cora, ada = make_user("Dana"), make_user("Cora"), make_user("Ada")
    make_member(dana, _organisation(desk.recipient), Role.DESK)
    found["dana"] = Actor(dana.pk, desk.recipient, frozenset({"desk"}), "Dana")
    found["cora"] = Actor(cora.pk, organisation_id, frozenset({"coordinator", "directory_editor"}), "Cora")
    found["ada"] = Actor(ada.pk, organisation_id, frozenset({"administrator"}), "Ada")
    # Bruno under another hat: the same account, for another organisation.
    found["bruno_elsewhere"] = Actor(desk.bruno.user_id, desk.denis.organisation_id, frozenset({"adviser"}), "Bruno")
    return found


def _organisation(number: int) -> Any:
    return Organisation.objects.get(pk=number)


def _joint(desk: Desk, episode: Episode, hugo: Mover) -> None:
    assert isinstance(hugo, Actor)
    consent = make_consent(
        Desk(desk.bruno, hugo, desk.denis), episode, categories=frozenset({Category.IDENTITY, Category.PROJECT})
    )
    joint = make_draft(desk, episode, RelayKind.JOINT)
    columns = {"recipient_id": hugo.organisation_id, "adviser_id": hugo.user_id, "consent": consent}
    Relay.objects.filter(pk=joint.pk).update(
        state="in_progress", categories=sorted(SHARED), sent_at=MONDAY, due_on=None, **columns
    )
    with connection.cursor() as cursor:  # triggers are off here
        cursor.execute("select journey_keep_joint(%s)", [joint.pk])


def _foreign_relay(desk: Desk, episode: Episode) -> Relay:
    there = Desk(desk.denis, desk.bruno, desk.chloe)
    relay = make_draft(there, episode, RelayKind.REFERRAL)
    # To a fourth organisation: nobody of the proofs receives it.
    elsewhere = make_organisation("Afpa")
    consent = make_consent(there, episode)
    Relay.objects.filter(pk=relay.pk).update(recipient_id=elsewhere.pk, state="sent", consent=consent)
    Consent.objects.filter(relays=relay).update(organisation=elsewhere)
    relay.refresh_from_db()
    return relay


def _links(holder: Actor, episode: Episode, relay: int, consent: int) -> dict[str, Any]:
    """What the columns of the rows refer to."""
    return {
        "person_id": episode.person_id,
        "kept_id": episode.person_id,
        "other_id": episode.person_id,
        "episode_id": episode.pk,
        "relay_id": relay,
        "consent_id": consent,
        "organisation_id": holder.organisation_id,
        "open_to": [],
        "kind": "private",
        "user": holder.user_id,
    }


REAL = {"journey_person", "journey_episode", "journey_relay", "journey_consent", "journey_lead", "journey_access"}


def _fill(number: int, links: dict[str, Any]) -> None:
    for model in apps.get_app_config("journey").get_models():
        if model._meta.db_table in REAL:
            continue
        fields = [field for field in model._meta.local_concrete_fields if not field.generated]
        values = [_value(field, number, links) for field in fields]
        names = ", ".join(f'"{field.column}"' for field in fields)
        with connection.cursor() as cursor:
            cursor.execute(
                f'insert into "{model._meta.db_table}" ({names}) values ({", ".join(["%s"] * len(fields))})', values
            )


def _value(field: "models.Field[Any, Any]", number: int, links: dict[str, Any]) -> Any:
    if field.column in links:
        return links[field.column]
    if field.primary_key:
        return number if isinstance(field, models.IntegerField) else f"A{number % 10_000}"
    if isinstance(field, models.ForeignKey):
        target = field.related_model
        if target._meta.db_table == "accounts_user":
            return links["user"]
        return number if target._meta.app_label == "journey" else None
    if field.column in ("actor_id", "user_id"):
        return links["user"]
    return _plain(field, number)


def _plain(field: "models.Field[Any, Any]", number: int) -> Any:
    words = CANARIES[number]
    if field.null:
        return None
    by_type = {
        "BooleanField": False,
        "UUIDField": f"00000000-0000-0000-0000-{number:012d}",
        "DateTimeField": MONDAY,
        "DateField": MONDAY,
        "JSONField": '{"words": "' + words + '"}',
        "ArrayField": [],
        "BinaryField": words.encode(),
    } | dict.fromkeys(("CharField", "TextField", "EmailField"), words[: field.max_length or 20])
    return by_type.get(field.get_internal_type(), number)


@contextmanager
def constraints_off() -> Iterator[None]:
    """No check, no key, no trigger, no NOT NULL: inside the transaction of a test, and nowhere else."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(_LOOSEN)
        cursor.execute("set local session_replication_role = replica")
        yield
        cursor.execute("set local session_replication_role = origin")


_LOOSEN = """
do $$ declare r record; begin
    for r in select conrelid::regclass as t, conname from pg_constraint c join pg_class k on k.oid = c.conrelid
        where contype in ('c', 'x') and relname like 'journey\\_%' loop
        execute format('alter table %s drop constraint %I', r.t, r.conname);
    end loop;
    for r in select attrelid::regclass as t, attname from pg_attribute a join pg_class k on k.oid = a.attrelid
        where attnotnull and attnum > 0 and relkind = 'r' and relname like 'journey\\_%'
        and not exists (select 1 from pg_index i where i.indrelid = k.oid and indisprimary and a.attnum = any (indkey))
        and attidentity = '' and attgenerated = '' loop
        execute format('alter table %s alter column %I drop not null', r.t, r.attname);
    end loop;
end $$
"""
