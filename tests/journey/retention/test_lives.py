"""Five years of generated lives: nothing past its term, nothing early; what is erased is whole, and stays erased."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.access import Term, substitute
from ensemblier.journey.actions.consents import withdraw_consent
from ensemblier.journey.actions.erasure import erase_files
from ensemblier.journey.actions.holds import HoldDraft, freeze_file, lift_freeze
from ensemblier.journey.actions.needs import add_need
from ensemblier.journey.actions.notices import address_notices
from ensemblier.journey.actions.planned_erasures import confirm_erasure, plan_erasure, stop_erasure
from ensemblier.journey.actions.restoring import journal_lines, replay
from ensemblier.journey.actions.retention import run_retention
from ensemblier.journey.adapters import vault
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.needs import NeedDraft, NeedTheme
from ensemblier.journey.core.retention import ErasureReason, HoldReason
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import (
    Access,
    Consent,
    ConsentProof,
    DatedCount,
    Document,
    Episode,
    Erasure,
    Need,
    Person,
    Relay,
    RelayPacket,
)
from ensemblier.journey.queries.files import file_head
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.accounts import make_actor
from tests.factories.journey import MONDAY, make_consent, make_desk_of_two, make_episode, make_sent

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
LIVES, YEARS, STEP = 40, 5, 20


def rows_of(person_id: int) -> set[str]:
    """Tables that still hold a row of this person, by any foreign key, found without the rules."""
    found = set()
    relays = list(Relay.objects.filter(person=person_id).values_list("pk", flat=True))
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if not isinstance(field, models.ForeignKey) or not model.__module__.startswith("ensemblier.journey"):
                continue
            wanted: list[Any] = [person_id] if field.related_model is Person else relays
            is_about = field.related_model in (Person, Relay)
            if is_about and model._default_manager.filter(**{f"{field.name}__in": wanted}).exists():
                found.add(model._meta.db_table)
    return found


def test_five_years_of_lives_end_on_time() -> None:
    """40 people, 0 to 3 exchanges each at random dates; the clock by steps of 20 days; terms computed by hand here."""
    draw, desk, last = random.Random(5), make_desk_of_two(), dict[int, datetime]()  # noqa: S311 - a draw of tests
    for _ in range(LIVES):
        opened = START - timedelta(days=draw.randrange(0, 900))
        episode = make_episode(desk, at=opened)
        exchanges = [opened + timedelta(days=draw.randrange(1, 700)) for _ in range(draw.randrange(4))]
        for at in exchanges:
            if at < START:
                Consent.objects.filter(pk=make_consent(desk, episode, at=at).pk).update(revoked_at=at)
        Person.objects.filter(pk=episode.person_id).update(email="awa@exemple.fr")
        last[episode.person_id] = max([opened, *(at for at in exchanges if at < START)])
    past = early = warned = 0
    erased_at = dict[int, datetime]()
    for number in range(YEARS * 365 // STEP):
        now = START + timedelta(days=STEP * number)
        warned += run_retention(now).warned
        left = set(Person.objects.values_list("pk", flat=True))
        for pk in set(last) - left - set(erased_at):
            erased_at[pk] = now
            early += now < last[pk] + relativedelta(years=4)
        # A file whose term came before its warning waits for the 60 days of the warning, then for the next run.
        waits = timedelta(days=60 + 2 * STEP)
        past += sum(now > last[pk] + relativedelta(years=4) + waits and now > START + waits for pk in left)
    print(f"{LIVES} lives, {len(erased_at)} erased, {past} past their term, {early} early, {warned} warned")
    assert len(erased_at) > LIVES // 2
    assert (past, early) == (0, 0)
    assert warned >= len(erased_at)
    assert Erasure.objects.count() == len(erased_at)


def test_somebody_is_warned_two_months_before_then_everything_goes() -> None:
    desk = make_desk_of_two()
    episode = make_episode(desk)
    Person.objects.filter(pk=episode.person_id).update(email="awa@exemple.fr")
    run_retention(MONDAY + relativedelta(years=2))
    assert not Access.objects.filter(person=episode.person_id, ended_at=None).exists()
    soon = MONDAY + relativedelta(years=4) - timedelta(days=60)
    assert run_retention(soon).warned == 1
    assert run_retention(soon).warned == 0
    address_notices(soon)
    assert "effacé dans deux mois" in OutboxMessage.objects.get(channel="email").body
    assert run_retention(soon + timedelta(days=59)).erased == 0
    assert run_retention(soon + timedelta(days=61)).erased == 1
    assert not Person.objects.exists()


def test_erasing_is_whole_and_leaves_counts_and_proofs() -> None:
    desk = make_desk_of_two()
    relay = make_sent(desk, RelayKind.REFERRAL)
    other = make_episode(desk)
    Person.objects.filter(pk=other.person_id).update(brought_by=relay)
    before = rows_of(relay.person_id)
    assert {"journey_consent", "journey_relay", "journey_relayevent", "journey_episode"} <= before
    assert erase_files([relay.person_id], reason=ErasureReason.REQUEST, at=MONDAY) == 1
    connection.check_constraints()
    assert rows_of(relay.person_id) == set()
    assert not OutboxMessage.objects.filter(subject_uid=relay.uid).exists()
    assert Person.objects.get().brought_by_id is None
    counts = set(DatedCount.objects.values_list("subject", "code", "number"))
    assert counts == {("relay", "referral sent", 1), ("episode", "opened", 1)}
    [proof] = ConsentProof.objects.all()
    assert proof.erase_at == proof.ends_at + relativedelta(years=5)
    run_retention(proof.erase_at)
    assert not ConsentProof.objects.exists()


def test_the_encrypted_content_of_documents_goes_with_the_file(
    django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    desk = make_desk_of_two()
    person = make_episode(desk).person
    name = vault.put(b"une attestation")
    Document.objects.create(
        person=person, kind="other", name="x", media_type="application/pdf", size=1, stored_as=name, added_at=MONDAY
    )
    assert name in vault.kept()
    with django_capture_on_commit_callbacks(execute=True):
        erase_files([person.pk], reason=ErasureReason.REQUEST, at=MONDAY)
    assert name not in vault.kept()


def test_what_was_carried_for_nothing_goes_within_a_day() -> None:
    desk = make_desk_of_two()
    relay = make_sent(desk)
    RelayPacket.objects.get_or_create(relay=relay, category="project", defaults={"text": "x", "since_version": 0})
    withdraw_consent(relay.consent.uid, by=PersonHerself(relay.person_id), at=MONDAY)  # type: ignore[union-attr]
    run_retention(MONDAY + timedelta(hours=11))
    assert RelayPacket.objects.filter(relay=relay).exists()
    # The clock comes every six hours: what it leaves at its last visit before the term goes before 24 hours are over.
    run_retention(MONDAY + timedelta(hours=12))
    assert not RelayPacket.objects.filter(relay=relay).exists()


def test_a_frozen_file_waits_for_the_end_that_somebody_gave() -> None:
    desk = make_desk_of_two()
    episode = make_episode(desk)
    uid = episode.person.uid
    lead = make_actor("Léa", Episode.objects.get().person.organisation, Role.TEAM_LEAD, Role.ADVISER)
    end = MONDAY + relativedelta(years=6)
    draft = HoldDraft(HoldReason.LITIGATION, "Dossier 12", end)
    with pytest.raises(NotAllowed):
        freeze_file(uid, draft, by=desk.bruno, at=MONDAY)
    with pytest.raises(NotFound):
        freeze_file(uid, draft, by=lead, at=MONDAY)
    open_to_lead(uid, lead)
    with pytest.raises(BadInput):
        freeze_file(uid, HoldDraft(HoldReason.LITIGATION, " ", end), by=lead, at=MONDAY)
    freeze_file(uid, draft, by=lead, at=MONDAY)
    for years in range(1, 6):
        assert run_retention(MONDAY + relativedelta(years=years)).erased == 0
    run_retention(end - timedelta(days=60))
    assert run_retention(end + timedelta(days=1)).erased == 1


def open_to_lead(uid: UUID, lead: Actor) -> None:
    """A team lead opens a file with a written reason, as the rules want."""
    now = timezone.now()
    substitute(uid, by=lead, term=Term(now, now + timedelta(days=9), "Contrôle"))


def test_a_frozen_file_is_read_and_no_more_written_whatever_the_page_forgets() -> None:
    desk = make_desk_of_two()
    episode = make_episode(desk)
    uid, now = episode.person.uid, timezone.now()
    lead = make_actor("Léa", Episode.objects.get().person.organisation, Role.TEAM_LEAD, Role.ADVISER)
    open_to_lead(uid, lead)
    need = NeedDraft(NeedTheme.HOUSING)
    freeze_file(uid, HoldDraft(HoldReason.LITIGATION, "Recours", now + timedelta(days=30)), by=lead, at=now)
    with pytest.raises(RuleViolated, match="gelé"):
        add_need(uid, need, by=desk.bruno, at=now)
    with pytest.raises(RuleViolated, match="gelé"), acting(desk.bruno):
        Person.objects.filter(uid=uid).update(given_name="Autre")
    with pytest.raises(RuleViolated, match="gelé"), acting(desk.bruno):
        Episode.objects.filter(pk=episode.pk).update(request="Autre")
    assert file_head(actor=desk.bruno, uid=uid, on=now.date()).uid == uid
    lift_freeze(uid, by=lead, at=now + timedelta(seconds=1))
    with connection.cursor() as cursor:  # the instant of the database has not come so far
        cursor.execute("update journey_filehold set until = now(), since = now() - interval '1 minute'")
    add_need(uid, need, by=desk.bruno, at=now)


def test_without_the_trigger_a_frozen_file_is_written() -> None:
    desk = make_desk_of_two()
    episode = make_episode(desk)
    now = timezone.now()
    lead = make_actor("Léa", Episode.objects.get().person.organisation, Role.TEAM_LEAD, Role.ADVISER)
    open_to_lead(episode.person.uid, lead)
    draft = HoldDraft(HoldReason.ARCHIVES, "Visa", now + timedelta(days=30))
    freeze_file(episode.person.uid, draft, by=lead, at=now)
    with connection.cursor() as cursor:
        cursor.execute("drop trigger keep_frozen on journey_need")
    add_need(episode.person.uid, NeedDraft(NeedTheme.HOUSING), by=desk.bruno, at=now)
    assert Need.objects.filter(person=episode.person, theme=NeedTheme.HOUSING).exists()


def test_a_file_is_erased_by_two_at_her_request_after_a_week_in_which_she_may_keep_it() -> None:
    desk = make_desk_of_two()
    first, second = make_episode(desk), make_episode(desk)
    lead = make_actor("Léa", Episode.objects.order_by("pk")[0].person.organisation, Role.TEAM_LEAD, Role.ADVISER)
    for one in (first, second):
        open_to_lead(one.person.uid, lead)
    now = timezone.now()
    with pytest.raises(NotFound):
        plan_erasure(first.person.uid, "Lettre", by=desk.chloe, at=now)
    kept, gone = (plan_erasure(one.person.uid, "Lettre du 3", by=desk.bruno, at=now) for one in (first, second))
    with pytest.raises(RuleViolated):
        plan_erasure(first.person.uid, "Encore", by=lead, at=now)
    for by in (desk.bruno, desk.chloe):
        with pytest.raises(NotAllowed if by is desk.bruno else NotFound):
            confirm_erasure(kept, by=by, at=now)
    for uid in (kept, gone):
        assert confirm_erasure(uid, by=lead, at=now) == now + timedelta(days=7)
    assert OutboxMessage.objects.filter(kind="file.erasing.person").count() == 2
    with pytest.raises(NotFound):
        stop_erasure(kept, by=PersonHerself(second.person_id), at=now)
    stop_erasure(kept, by=PersonHerself(first.person_id), at=now)
    assert run_retention(now + timedelta(days=6)).erased == 0
    freeze_file(second.person.uid, HoldDraft(HoldReason.LITIGATION, "x", now + timedelta(days=9)), by=lead, at=now)
    assert run_retention(now + timedelta(days=8)).erased == 0, "un gel passe avant"
    assert run_retention(now + timedelta(days=10)).erased == 1
    assert not Person.objects.filter(pk=second.person_id).exists()
    assert Person.objects.filter(pk=first.person_id).exists()
    assert Erasure.objects.get().reason == ErasureReason.REQUEST.value


def test_after_a_restore_what_was_erased_and_stopped_is_so_again() -> None:
    desk = make_desk_of_two()
    gone, kept = make_sent(desk, RelayKind.REFERRAL), make_sent(desk, RelayKind.REFERRAL)
    journal = [f'{{"erased": "{gone.person.uid}", "at": "2026-12-01T00:00:00+00:00"}}']
    assert kept.consent is not None
    journal.append(f'{{"revoked": "{kept.consent.uid}", "at": "{(MONDAY + timedelta(days=1)).isoformat()}"}}')
    done = replay(journal, at=MONDAY + timedelta(days=2))
    assert (done.erased, done.revoked, done.withdrawn) == (1, 1, 1)
    assert not Person.objects.filter(uid=gone.person.uid).exists()
    kept.refresh_from_db()
    assert kept.state == "withdrawn"
    again = replay(journal, at=MONDAY + timedelta(days=2))
    assert (again.erased, again.revoked, again.withdrawn) == (0, 0, 0)
    written = list(journal_lines())
    assert len(written) == 2
    assert replay(written, at=MONDAY + timedelta(days=3)) == again
    with pytest.raises(BadInput):
        replay(["{"], at=MONDAY)
