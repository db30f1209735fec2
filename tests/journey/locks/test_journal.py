"""The journal: in the transaction, in one's own name, without content, added to only, and any tampering shows."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from ensemblier.journey.actions.journal_term import erase_journal
from ensemblier.journey.core.journal import Act, ChainHead
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import JournalEntry, JournalLink
from ensemblier.journey.queries.journal_chain import journal_faults, journal_heads
from ensemblier.journey.sql.journal import note, note_refusal
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from tests.factories.journey import MONDAY

TAMPERINGS = 1_000
BRUNO = Actor(user_id=7, organisation_id=3, roles=frozenset({"adviser"}))
TABLES = ("journey_journalentry", "journey_journallink", "journey_journalhead")


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def written(transactions: int) -> None:
    """So many transactions of one to three lines each, in several chains."""
    for number in range(transactions):
        with acting(BRUNO):
            for _ in range(1 + number % 3):
                note(BRUNO, Act.READ_FILE, person_id=number, subject="person", subject_uid=uuid4(), at=MONDAY)


@pytest.mark.django_db
def test_a_line_goes_with_its_transaction() -> None:
    with acting(BRUNO):
        note(BRUNO, Act.READ_FILE, person_id=1, at=MONDAY)
        note_refusal(BRUNO, Act.WRITE_FILE, person_id=1, at=MONDAY)
    with pytest.raises(LookupError), acting(BRUNO):
        note(BRUNO, Act.READ_FILE, person_id=2, at=MONDAY)
        raise LookupError
    rows = JournalEntry.objects.order_by("pk").values_list("person_id", "act", "user_id", "is_refused")
    assert list(rows) == [(1, "read_file", 7, False), (1, "write_file", 7, True)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [Actor(user_id=8, organisation_id=3), Actor(user_id=7), PersonHerself(5)])
def test_nobody_writes_in_the_name_of_another(name: Actor | PersonHerself) -> None:
    with pytest.raises(ProgrammingError, match="own name"), acting(BRUNO):
        note(name, Act.READ_FILE, person_id=1, at=MONDAY)


@pytest.mark.django_db
def test_the_person_reads_who_looked_and_an_adviser_only_her_own_lines() -> None:
    chloe = Actor(user_id=9, organisation_id=4, roles=frozenset({"adviser"}))
    for who, person in ((BRUNO, 1), (chloe, 1), (chloe, 2)):
        with acting(who):
            note(who, Act.READ_FILE, person_id=person, at=MONDAY)
    seen = {}
    for reader in (PersonHerself(1), PersonHerself(2), PersonHerself(3), BRUNO, chloe, Actor()):
        with acting(reader):
            seen[reader] = sorted(JournalEntry.objects.values_list("user_id", "person_id"))
    assert list(seen.values()) == [[(7, 1), (9, 1)], [(9, 2)], [], [(7, 1)], [(9, 1), (9, 2)], []]


@pytest.mark.django_db
@pytest.mark.parametrize("by", [BRUNO, SYSTEM, PersonHerself(1)], ids=["web", "worker", "person"])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "change", ["update {} set {} = {}", "delete from {}", "truncate {}", "insert into {} default values"]
)
def test_it_is_added_to_only_and_by_its_function_only(by: Actor | PersonHerself, table: str, change: str) -> None:
    column = {"journey_journalentry": "act", "journey_journallink": "mark", "journey_journalhead": "mark"}[table]
    with pytest.raises(ProgrammingError, match="permission denied"), acting(by):
        sql(change.format(table, column, column))


@pytest.mark.django_db(transaction=True)
def test_a_thousand_tamperings_are_all_seen(capsys: pytest.CaptureFixture[str]) -> None:
    written(60)
    heads = journal_heads()
    assert journal_faults(heads) == []
    chance = random.Random(20261122)  # noqa: S311 - a reproducible draw
    seen: Counter[str] = Counter()
    for number in range(TAMPERINGS):
        name, tamper = list(KINDS.items())[number % len(KINDS)]
        with transaction.atomic():
            tamper(chance)
            connection.check_constraints()
            seen[name] += bool(journal_faults(heads))
            transaction.set_rollback(True)
    with capsys.disabled():
        print(f"\n  journal: {sum(seen.values())} tamperings seen of {TAMPERINGS}; {dict(seen)}")
    assert sum(seen.values()) == TAMPERINGS
    assert journal_faults(heads) == []


def edits(chance: random.Random) -> None:
    column, value = chance.choice(
        [
            ("user_id", "coalesce(user_id, 0) + 1"),
            ("organisation_id", "null"),
            ("person_id", "person_id + 1"),
            ("by_person", "1"),
            ("act", "'open_file'"),
            ("subject", "subject || 'x'"),
            ("subject_uid", "gen_random_uuid()"),
            ("is_refused", "not is_refused"),
            ("at", "at + interval '1 microsecond'"),
            ("written_at", "written_at - interval '1 second'"),
        ]
    )
    sql(f"update journey_journalentry set {column} = {value} where id = %s", entry(chance))


def entry(chance: random.Random) -> int:
    return chance.choice(list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True)))


def erases(chance: random.Random) -> None:
    sql("delete from journey_journalentry where id = %s", entry(chance))


def erases_with_its_link(chance: random.Random) -> None:
    number = entry(chance)
    sql("delete from journey_journalentry where id = %s", number)
    sql("delete from journey_journallink where entry_id = %s", number)


def erases_a_link(chance: random.Random) -> None:
    sql("delete from journey_journallink where entry_id = %s", entry(chance))


def reorders(chance: random.Random) -> None:
    """Two entries exchange their content, or their place."""
    first, second = chance.sample(list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True)), 2)
    if chance.random() < 0.5:
        sql("update journey_journalentry set id = -1 where id = %s", first)
        sql("update journey_journalentry set id = %s where id = %s", first, second)
        sql("update journey_journalentry set id = %s where id = -1", second)
    else:
        sql("update journey_journallink set entry_id = -1 where entry_id = %s", first)
        sql("update journey_journallink set entry_id = %s where entry_id = %s", first, second)
        sql("update journey_journallink set entry_id = %s where entry_id = -1", second)


def truncates_the_tail(chance: random.Random) -> None:
    """The last lines of a chain leave with their links, and the head is put back where the chain now ends."""
    shard = chance.choice(journal_heads()).shard
    keep = chance.randrange(JournalLink.objects.filter(shard=shard).count())
    cut = "from journey_journallink where shard = %s and position > %s"
    sql(f"delete from journey_journalentry where id in (select entry_id {cut})", shard, keep)
    sql(f"delete {cut}", shard, keep)
    ends_at(shard)


def ends_at(shard: int) -> None:
    sql(
        "update journey_journalhead h set (position, mark) = (select coalesce(max(position), 0), coalesce((array_agg("
        "mark order by position desc))[1], journey_first_mark(h.shard)) from journey_journallink l "
        "where l.shard = h.shard) where shard = %s",
        shard,
    )


def rewrites_a_whole_chain(chance: random.Random) -> None:
    """An entry is edited, and every link after it computed again, head included: only the exported heads tell."""
    edits(chance)
    sql("update journey_journallink l set digest = journey_entry_digest(e) from journey_journalentry e "
        "where e.id = l.entry_id")  # fmt: skip
    for head in journal_heads():
        mark = psycopg.Binary(b"")
        for link in JournalLink.objects.filter(shard=head.shard).order_by("position"):
            sql(
                "update journey_journallink set mark = sha256(coalesce(nullif(%s::bytea, ''), "
                "journey_first_mark(%s::smallint)) || int8send(position) || digest) where id = %s",
                mark,
                head.shard,
                link.pk,
            )
            mark = psycopg.Binary(JournalLink.objects.get(pk=link.pk).mark)
        ends_at(head.shard)
    assert journal_faults() == []


def forges(chance: random.Random) -> None:
    """A line written beside the function: its trigger is off."""
    sql("set local session_replication_role = replica")
    sql(
        "insert into journey_journalentry (at, written_at, act, subject, is_refused) "
        "values (now(), now(), %s, '', false)",
        chance.choice(list(Act)).value,
    )


def moves_a_head(chance: random.Random) -> None:
    shard = chance.choice(journal_heads()).shard
    sql("update journey_journalhead set position = position - 1 where shard = %s", shard)


KINDS: dict[str, Callable[[random.Random], None]] = {
    each.__name__: each
    for each in (
        *(edits, erases, erases_with_its_link, erases_a_link, reorders, truncates_the_tail),
        *(rewrites_a_whole_chain, forges, moves_a_head, edits),
    )
}


@pytest.mark.django_db(transaction=True)
def test_what_its_term_erases_is_no_tampering_and_the_rest_still_verifies() -> None:
    written(10)
    heads = journal_heads()
    before = timezone.now()
    written(5)
    assert erase_journal(before=before, at=MONDAY) == 19
    assert (erase_journal(before=before, at=MONDAY), journal_faults(heads)) == (0, [])
    kept = JournalEntry.objects.order_by("pk")
    assert [row.act for row in kept] == ["read_file"] * 9 + ["erase_journal"]
    kept[0].delete()
    assert [fault.kind for fault in journal_faults(heads)] == ["entry erased"]


@pytest.mark.django_db
def test_only_a_task_erases() -> None:
    with pytest.raises(ProgrammingError, match="only a task"), acting(BRUNO):
        sql("select journey_erase_journal(now(), now())")


@pytest.mark.django_db(transaction=True)
def test_an_unknown_head_is_a_fault() -> None:
    written(1)
    later = ChainHead(0, 999, "00" * 32)
    assert [fault.kind for fault in journal_faults([later])] == ["exported head"]
