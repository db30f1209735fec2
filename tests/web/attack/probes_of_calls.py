"""The same past the pages: what a door would refuse first is asked of the action or the query itself, so that its own
check answers alone."""

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ensemblier.accounts.actions.members import grant_membership
from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions import plan, relays
from ensemblier.journey.actions.guarded import Edit as PlanEdit
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.notes import correct_note, write_note
from ensemblier.journey.actions.partners import invite_partner
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.movers import Mover, PartnerByLink, PersonHerself, party_of
from ensemblier.journey.core.notes import NoteDraft, NoteKind
from ensemblier.journey.core.plan import StepState
from ensemblier.journey.core.states import Move, Party
from ensemblier.journey.models import Access, Consent, Note, Person, PlanStep, Relay
from ensemblier.journey.queries.files import file_notes, file_page, file_rows
from ensemblier.journey.queries.opened import open_to
from ensemblier.journey.queries.own_file import own_file, reading
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import DomainError, NotAllowed, NotFound
from ensemblier.kernel.period import Period
from tests.web.attack.field import Field, actor
from tests.web.matrix import take_back
from tests.web.records.ground import OF_RELAY, key


def _refused(call: Callable[[], object]) -> bool:
    """Whether somebody is told that there is nothing there for her. Whatever the call wrote is taken back."""
    point = transaction.savepoint()
    try:
        call()
    except (NotFound, NotAllowed):
        return True
    except DomainError:
        return False
    finally:
        take_back(point)
    return False


def parties(field: Field) -> list[str]:
    """As what each acts on Awa's relay, from France Travail (Chloé) to the Mission locale (Renée)."""
    person = Person.objects.get(uid=field.files["awa"]["uid"])
    relay = Relay.objects.get(uid=field.files["awa"]["relay"])
    other = Person.objects.get(uid=field.files["béa"]["uid"])
    with field.state("sent", "live"):
        relay.refresh_from_db()
        said: tuple[tuple[str, Mover, Move, Party], ...] = (
            ("chloé", actor(field.ground, "chloé"), Move.CANCEL, Party.SOURCE),
            ("chloé", actor(field.ground, "chloé"), Move.SEND, Party.PAPER),
            ("renée", actor(field.ground, "renée"), Move.ACCEPT, Party.RECIPIENT),
            ("dora", actor(field.ground, "dora"), Move.ACCEPT, Party.OUTSIDER),
            ("dolorès", actor(field.ground, "dolorès"), Move.CANCEL, Party.OUTSIDER),
            ("oscar", actor(field.ground, "oscar"), Move.ACCEPT, Party.OUTSIDER),
            ("oscar", actor(field.ground, "oscar"), Move.CANCEL, Party.OUTSIDER),
            ("léa", actor(field.ground, "léa"), Move.CANCEL, Party.COORDINATOR),
            ("ada", actor(field.ground, "ada"), Move.ACCEPT, Party.OUTSIDER),
            ("ada", actor(field.ground, "ada"), Move.MARK_ERROR, Party.ADMINISTRATOR),
            ("awa herself", PersonHerself(person.pk), Move.WITHDRAW, Party.PERSON),
            ("béa herself", PersonHerself(other.pk), Move.WITHDRAW, Party.OUTSIDER),
            ("a partner", PartnerByLink(relay.uid, relay.recipient_id or 0, "X"), Move.ACCEPT, Party.RECIPIENT),
            ("another's partner", PartnerByLink(relay.uid, relay.source_id, "X"), Move.ACCEPT, Party.OUTSIDER),
        )
        found = [f"{who} {move.value}s as {got.value}, not as {party.value}" for who, by, move, party in said
                 if (got := party_of(relay.value, move, by)) is not party]  # fmt: skip
        mine = Order(relay.uid, relay.version, uuid4(), timezone.now())
        elsewhere = PartnerByLink(uuid4(), relay.recipient_id or 0, "X")
        if not _refused(lambda: relays.acknowledge(mine, by=elsewhere)):
            found.append("a partner takes a relay of its desk that its link does not name")
    return found


def consents(field: Field) -> list[str]:
    """A relay is read on a consent of its person, for its recipient, for relays, of everything that it carries."""
    found, uid = [], field.files["awa"]["relay"]
    other = Person.objects.get(uid=field.files["béa"]["uid"])
    changes: tuple[tuple[str, dict[str, object]], ...] = (
        ("", {}),
        ("of somebody else", {"person": other}),
        ("for another organisation", {"organisation_id": field.acting["oscar"]}),
        ("for another purpose", {"purpose": "evaluation"}),
        ("of less than it carries", {"categories": ["identity"]}),
    )
    for name, change in changes:
        with field.state("accepted", "live"):
            Relay.objects.filter(uid=uid).update(categories=["identity", "project"])
            Consent.objects.filter(relays__uid=uid).update(**change)
            reads = OF_RELAY in b"".join(field.ask("renée", "GET", f"/relais/{uid}/")).decode()
            if reads is bool(name):
                found.append(f"renée {'reads' if reads else 'misses'} a relay on a consent {name}")
    return found


def joint(field: Field) -> list[str]:
    """What a joint accompaniment shares is read, by category; the rest is not, and nothing is written."""
    found, uid, now = [], UUID(field.files["awa"]["uid"]), timezone.now()
    oscar, place = actor(field.ground, "oscar"), field.acting["oscar"]
    point = transaction.savepoint()
    row = {"person": Person.objects.get(uid=uid), "organisation_id": place, "user_id": oscar.user_id or 0, "since": now}
    Access.objects.create(reason="joint", categories=["project"], **row)
    write_note(uid, NoteDraft(NoteKind.TEAM, "note-commune", now.date()), by=actor(field.ground, "chloé"), at=now)
    day = now.date()
    if not _nothing(lambda: file_page(actor=oscar, uid=uid, on=day).notes):
        found.append("oscar reads notes on the first tab")
    if not _nothing(lambda: file_page(actor=oscar, uid=uid, on=day).is_whole):
        found.append("oscar opens the whole file")
    if not _nothing(lambda: file_page(actor=oscar, uid=uid, on=day).needs):
        found.append("oscar reads the needs")
    if not _nothing(lambda: file_notes(actor=oscar, uid=uid, on=day)[1]):
        found.append("oscar reads the notes")
    for kind in ("situations", "besoins", "competences", "projets", "notes"):
        if not _nothing(lambda kind=kind: file_rows(actor=oscar, uid=uid, kind=kind, on=day)[1]):  # type: ignore[misc]
            found.append(f"oscar corrects {kind}")
    if not _refused(lambda: _enter(lambda: reading(uid, by=oscar, at=now, needs=Category.SITUATION))):
        found.append("oscar reads the situation")
    if not _refused(lambda: _enter(lambda: own_file(uid, by=oscar, at=now))):
        found.append("oscar writes in the file")
    take_back(point)
    return found


def _nothing(call: Callable[[], object]) -> bool:
    """Whether a reading is refused, or empty."""
    point = transaction.savepoint()
    try:
        return not call()
    except NotFound:
        return True
    finally:
        take_back(point)


def _enter(opened: Callable[[], object]) -> None:
    with opened():  # type: ignore[attr-defined]
        pass


def calls(field: Field) -> list[str]:
    """What pages refuse before the action is asked."""
    awa, bea = UUID(field.files["awa"]["uid"]), UUID(field.files["béa"]["uid"])
    chloe, suzanne = actor(field.ground, "chloé"), actor(field.ground, "suzanne")
    now, found = timezone.now(), []
    point = transaction.savepoint()
    note = write_note(awa, NoteDraft(NoteKind.TEAM, "note", now.date()), by=chloe, at=now)
    version = Note.objects.get(uid=note).version
    changed = NoteDraft(NoteKind.TEAM, "autre", now.date())
    herself = PersonHerself(Person.objects.get(uid=awa).pk)
    step = PlanStep.objects.get(uid=field.files["cléo"]["step"])
    edit = PlanEdit(chloe, now, step.version)
    done = plan.Where(StepState.DONE)
    tries: tuple[tuple[str, Callable[[], object]], ...] = (
        ("suzanne corrects chloé's note", lambda: correct_note(Edit(note, version, now), changed, by=suzanne)),
        ("awa reads béa's file", lambda: _enter(lambda: reading(bea, by=herself, at=now))),
        ("awa writes in béa's file", lambda: _enter(lambda: own_file(bea, by=herself, at=now))),
        ("a step of cléo's under awa", lambda: plan.say_where(awa, step.uid, done, edit)),
    )
    found += [name for name, attempt in tries if not _refused(attempt)]
    if _refused(lambda: correct_note(Edit(note, version, now), changed, by=chloe)):
        found.append("chloé's own note is closed to her")
    with field.state("sent", "live"):  # to a desk where nobody has an account
        there = Relay.objects.get(uid=field.files["partner"]["relay"]).recipient_id
        Relay.objects.filter(uid=field.files["awa"]["relay"]).update(recipient_id=there)
        order = Order(UUID(field.files["awa"]["relay"]), 1, uuid4(), now)
        for who in ("colette", "edmond", "oscar", "renée", "dolorès"):
            if not _refused(partial(invite_partner, order, by=actor(field.ground, who), address_of=str)):
                found.append(f"{who} sends the link of a relay")
    # An access written for another organisation than the file's: nothing writes one, and it would open nothing whole.
    oscar = actor(field.ground, "oscar")
    person = Person.objects.get(uid=awa)
    row = {"person": person, "organisation_id": field.acting["oscar"], "user_id": oscar.user_id or 0}
    Access.objects.create(reason="member", since=now, **row)
    with acting(oscar):
        if open_to(oscar).filter(pk=person.pk).exists():
            found.append("an access of another organisation opens the file whole")
    take_back(point)
    return found


def grants(field: Field) -> list[str]:
    """Roles given past the page: by nobody but who manages the accounts of that organisation, never the platform's."""
    chloe, here, there = key(field.ground.users["chloé"]), int(field.acting["chloé"]), int(field.acting["renée"])
    found, days = [], Period(None, None)

    def given(who: str, place: int, role: Role) -> bool:
        by = actor(field.ground, who)
        grant = partial(grant_membership, user_id=chloe, organisation_id=place, role=role, period=days, actor=by)
        return not _refused(grant)

    for who, place, role in (
        ("colette", here, Role.DESK), ("chloé", here, Role.TEAM_LEAD), ("alma", there, Role.DESK),
        ("alma", here, Role.ADMINISTRATOR), ("renée", here, Role.DESK),
    ):  # fmt: skip
        found += [f"{who} makes a {role.value}"] if given(who, place, role) else []
    return found if given("alma", here, Role.DESK) else [*found, "alma gives no role in her own organisation"]


PROBES = {"parties": parties, "consents": consents, "joint": joint, "calls": calls, "grants": grants}
