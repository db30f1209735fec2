"""Backup, then an empty database: the same rows, the same rules, a journal that verifies, and nobody let in."""

from pathlib import Path

import psycopg
import pytest
from django.db import connection

from ensemblier.journey.models import JournalEntry, Relay
from ensemblier.journey.sql.chain import _VERIFY
from tests.directory.test_dump import _contents, _empty_database, _run, _where
from tests.factories.journey import make_desk_of_two, make_sent

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RULES = """
select 'policy', polrelid::regclass || ' ' || polname || ' ' || polcmd::text || ' ' || polroles::regrole[]::text
    || ' ' || (polqual is null) || ' ' || (polwithcheck is null)
    from pg_policy  -- a restored expression keeps its sense, not each of its casts: test_rows.py says what it lets in
union all
select 'forced', oid::regclass::text from pg_class where relrowsecurity and relforcerowsecurity
union all
select 'owner', proname || ' ' || proowner::regrole from pg_proc where prosecdef
union all
select 'view', oid::regclass || ' ' || relowner::regrole from pg_class
    where relkind = 'v' and relnamespace = to_regnamespace('trace')
union all
select 'right', oid::regclass || ' ' || coalesce(relacl::text, '') from pg_class
    where relname like 'journey\\_%' and relkind = 'r'
order by 1, 2
"""


def test_a_backup_restores_rows_rules_and_journal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = make_desk_of_two()
    for _ in range(5):
        make_sent(desk)
    source, dump = str(connection.settings_dict["NAME"]), tmp_path / "backup.dump"
    taken = _run("pg_dump", "--format=custom", f"--file={dump}", source)
    assert taken.returncode == 0, taken.stderr
    with _empty_database(f"{source}_restored") as copy:
        restored = _run("pg_restore", "--exit-on-error", f"--dbname={copy}", str(dump))
        assert (restored.returncode, restored.stderr) == (0, "")
        before, generated = _contents(source)
        assert _contents(copy) == (before, generated)
        with psycopg.connect(dbname=copy, autocommit=True, **_where()) as reader, connection.cursor() as here:
            here.execute(RULES)
            rules = [tuple(row) for row in here.fetchall()]
            assert [tuple(row) for row in reader.execute(RULES).fetchall()] == rules
            assert verified(reader) == []
            reader.execute("update journey_journalentry set person_id = person_id + 1 where id = "
                           "(select min(id) from journey_journalentry)")  # fmt: skip
            assert [row[0] for row in verified(reader)] == ["entry changed"]
            reader.execute("set role ensemblier_web")
            assert reader.execute("select count(*) from journey_person").fetchone() == (0,)
    rows = sum(count for count, _ in before.values())
    with capsys.disabled():
        print(f"\n  restore: {rows} rows of {len(before)} tables equal, {len(rules)} rules equal, the journal verifies")
    assert Relay.objects.count() == 5 and JournalEntry.objects.count() >= 5


def verified(reader: "psycopg.Connection[tuple[object, ...]]") -> list[tuple[object, ...]]:
    """What `ensemblier journal verify` would say of this database."""
    question = (Path(__file__).parents[3] / "ensemblier/journey/sql" / _VERIFY).read_text()
    return reader.execute(question, {"shards": [], "positions": [], "marks": []}).fetchall()
