"""Erasing files for good: every row of theirs, in one transaction; what outlives them holds nobody."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial, reduce
from operator import or_

from django.apps import apps
from django.db import transaction
from django.db.models import Count, F, Model, Q
from django.db.models.functions import TruncMonth

from ensemblier.accounts.models import SignedLink
from ensemblier.journey.adapters.vault import destroy
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.retention import PROOF, ErasureReason, TableRule, Term
from ensemblier.journey.core.retention_tables import TABLES
from ensemblier.journey.models import (
    Consent,
    ConsentProof,
    DatedCount,
    Document,
    Episode,
    Erasure,
    LevelOneContact,
    Person,
    Relay,
)
from ensemblier.kernel.orm.models import OutboxMessage

_WITH_A_FILE = frozenset({Term.FILE, Term.CARRIED, Term.QUEUE})


def erase_files(ids: Iterable[int], *, reason: ErasureReason, at: datetime) -> int:
    """Erase these files, whole. The caller acts as SYSTEM. Returns how many there were.

    Counts by month stay, and proofs of consent until their own term; an open relay goes with its file.
    """
    persons = list(Person.objects.filter(pk__in=list(ids)).order_by("pk"))
    pks = [person.pk for person in persons]
    if not pks:
        return 0
    _count(pks)
    _keep_proofs(pks)
    _forget_messages(pks)
    _empty_the_vault(pks)
    Person.objects.filter(brought_by__person__in=pks).update(brought_by=None)
    LevelOneContact.objects.filter(person__in=pks).update(person=None)
    # What hangs furthest first, the file last. Foreign keys are checked at the end of the transaction.
    for table, rule in sorted(TABLES.items(), key=_nearness):
        if rule.term in _WITH_A_FILE and rule.person:
            leads = (Q(**{f"{path}__in": pks}) for path in rule.person.split())
            rows = _model(table)._default_manager.filter(reduce(or_, leads))
            rows._raw_delete(rows.db)
    Erasure.objects.bulk_create(
        [
            Erasure(person_uid=person.uid, organisation_id=person.organisation_id, reason=reason.value, at=at)
            for person in persons
        ],
        ignore_conflicts=True,
    )
    return len(pks)


def _nearness(item: tuple[str, TableRule]) -> tuple[int, bool]:
    path = item[1].person
    return -path.count("__"), path == "pk"


def _model(table: str) -> type[Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def _count(pks: list[int]) -> None:
    """Episodes and relays by month, organisation and code."""
    relays = Relay.objects.filter(person__in=pks).annotate(month=TruncMonth("created_at", tzinfo=PARIS))
    for row in relays.values("month", "source_id", "kind", "state").annotate(n=Count("pk")).order_by("month"):
        add_count(row["month"].date(), row["source_id"], "relay", f"{row['kind']} {row['state']}", row["n"])
    episodes = Episode.objects.filter(person__in=pks).annotate(month=TruncMonth("opened_at", tzinfo=PARIS))
    by_organisation = episodes.values("month", organisation=F("person__organisation_id"))
    for opened in by_organisation.annotate(n=Count("pk")).order_by("month"):
        add_count(opened["month"].date(), opened["organisation"], "episode", "opened", opened["n"])


def add_count(month: date, organisation_id: int, subject: str, code: str, number: int) -> None:
    """Add to a dated count."""
    row, is_new = DatedCount.objects.get_or_create(
        month=month, organisation_id=organisation_id, subject=subject, code=code, defaults={"number": number}
    )
    if not is_new:
        DatedCount.objects.filter(pk=row.pk).update(number=F("number") + number)


def _keep_proofs(pks: list[int]) -> None:
    rows = Consent.objects.filter(person__in=pks).select_related("person").order_by("pk")
    ConsentProof.objects.bulk_create(
        [
            ConsentProof(
                consent_uid=row.uid,
                person_uid=row.person.uid,
                organisation_id=row.organisation_id,
                categories=row.categories,
                purpose=row.purpose,
                given_at=row.given_at,
                ends_at=row.ends_at,
                revoked_at=row.revoked_at,
                text_version=row.text_version,
                channel=row.channel,
                proof=row.proof,
                erase_at=min(row.ends_at, row.revoked_at or row.ends_at) + PROOF,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )


def _empty_the_vault(pks: list[int]) -> None:
    """Encrypted contents go once the rows are gone for good: a transaction undone keeps both."""
    names = list(Document.objects.filter(person__in=pks).exclude(stored_as="").values_list("stored_as", flat=True))
    for name in names:
        transaction.on_commit(partial(destroy, name))


def _forget_messages(pks: list[int]) -> None:
    """What was written to her, and links that opened something of hers."""
    uids = [
        *Person.objects.filter(pk__in=pks).order_by().values_list("uid", flat=True),
        *Relay.objects.filter(person__in=pks).order_by().values_list("uid", flat=True),
        *Consent.objects.filter(person__in=pks).order_by().values_list("uid", flat=True),
    ]
    OutboxMessage.objects.filter(subject_uid__in=uids).delete()
    SignedLink.objects.filter(subject_uid__in=uids).delete()
