"""Deposit, correct, confirm, withdraw: one transaction each, with its line of history and its entry in the search."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ensemblier.directory.core.text import clean_line
from ensemblier.directory.models import Organisation, Source
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.library.core.access import check_may_change, check_may_deposit
from ensemblier.library.core.kinds import ResourceState
from ensemblier.library.core.notices import Notice, cleaned
from ensemblier.library.models import Resource
from ensemblier.library.sql.index import index_resources
from ensemblier.territory.models import Zone

UNKNOWN = "Cette ressource n’existe pas (ou plus) dans la bibliothèque. Reprenez la recherche."


@dataclass(frozen=True, slots=True)
class From:
    """Where a notice comes from: a known source and the day on which that source changed it."""

    source: Source
    updated_on: date | None = None


@transaction.atomic
def deposit_resource(notice: Notice, *, actor: Actor, on: date, origin: From | None = None) -> UUID:
    """Put a resource into the library; it is found as soon as this is over. Returns its public identifier.

    Raises NotAllowed, BadInput (the field named), NotFound (territory).
    """
    check_may_deposit(actor)
    row = Resource.objects.create(
        **columns_of(cleaned(notice)),
        holder_id=actor.organisation_id,
        source=origin.source if origin else None,
        source_updated_on=origin.updated_on if origin else None,
        reviewed_on=on,
    )
    audit(row, "deposit_resource", {"title": ["", row.title]}, actor=actor)
    index_resources([row.pk])
    return row.uid


@transaction.atomic
def correct_resource(uid: UUID, notice: Notice, *, version: int, actor: Actor, on: date) -> bool:
    """Write the notice anew, which counts as a review; True when something changed.

    Raises NotAllowed, NotFound, BadInput, StaleVersion.
    """
    row = _own(uid, actor)
    values = columns_of(cleaned(notice))
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    _change(row, differing | {"reviewed_on": on}, version)
    said = {name: [_shown(getattr(row, name)), _shown(value)] for name, value in differing.items()}
    audit(row, "correct_resource" if differing else "confirm_resource", said, actor=actor)
    if differing:
        index_resources([row.pk])
    return bool(differing)


_SAID = ("title", "abstract", "body", "issued_on", "issued_precision", "source_url")


@transaction.atomic
def rewrite_content(uid: UUID, notice: Notice, *, actor: Actor, on: date) -> bool:
    """What the notice says of its content, written anew by where it comes from; what was added here stays.

    False when the resource is not published (any more). Raises NotAllowed, BadInput.
    """
    row = Resource.objects.select_for_update().filter(uid=uid, state=ResourceState.PUBLISHED.value).first()
    if row is None:
        return False
    check_may_change(actor, row.holder_id)
    values = columns_of(cleaned(notice))
    differing = {name: values[name] for name in _SAID if getattr(row, name) != values[name]}
    _change(row, differing | {"reviewed_on": on}, row.version)
    audit(row, "correct_resource", dict.fromkeys(differing, ["", ""]), actor=actor)
    index_resources([row.pk])
    return True


@transaction.atomic
def confirm_resource(uid: UUID, *, version: int, actor: Actor, on: date) -> None:
    """The notice was read again and is right. Raises NotAllowed, NotFound, StaleVersion."""
    row = _own(uid, actor)
    _change(row, {"reviewed_on": on}, version)
    audit(row, "confirm_resource", {}, actor=actor)


@transaction.atomic
def withdraw_resource(uid: UUID, *, why: str, version: int, actor: Actor, on: date) -> None:
    """Take a resource out of searches; its permanent address stays and says so. Raises as `correct_resource`."""
    row = _own(uid, actor)
    reason = clean_line(why, field="why", limit=300)
    if not reason:
        raise BadInput("Dites pourquoi, en quelques mots : l’adresse permanente le dira.", field="why")
    if row.state == ResourceState.WITHDRAWN:
        raise RuleViolated("Cette ressource est déjà retirée.")
    _change(
        row, {"state": ResourceState.WITHDRAWN.value, "withdrawn_on": on, "withdrawn_why": reason}, version
    )  # fmt: skip
    audit(row, "withdraw_resource", {"why": ["", reason]}, actor=actor)
    index_resources([row.pk])


def columns_of(notice: Notice) -> dict[str, Any]:
    """Columns of a cleaned notice. Raises NotFound when its territory is not known."""
    if notice.zone_key and not Zone.objects.filter(key=notice.zone_key).exists():
        raise NotFound("Ce territoire n’est pas connu : choisissez-le dans la liste.", field="zone")
    publisher = Organisation.objects.filter(name=notice.publisher).order_by("id").first() if notice.publisher else None
    return {
        "kind": notice.kind.value,
        "title": notice.title,
        "abstract": notice.abstract,
        "body": notice.body,
        "authors": list(notice.authors),
        "publisher_id": publisher.pk if publisher else None,
        "publisher_name": notice.publisher,
        "commissioner_name": notice.commissioner,
        "series": notice.series,
        "number": notice.number,
        "pages": notice.pages,
        "issued_on": notice.issued.on if notice.issued else None,
        "issued_precision": notice.issued.precision.value if notice.issued else "",
        "deposited_on": notice.deposited_on,
        "domain": notice.domain.value if notice.domain else "",
        "keywords": list(notice.keywords),
        "language": notice.language,
        "licence": notice.licence.value if notice.licence else "",
        "identifier": notice.identifier,
        "doi": notice.doi,
        "source_url": notice.link,
        "media_url": notice.media_url,
        "zone_id": notice.zone_key or None,
        "audience": notice.audience.value,
        "audience_key": notice.audience_key,
        "valid_from": notice.in_force_from,
        "valid_to": notice.repealed_on,
        "is_fictitious": notice.is_fictitious,
    }


def audit(row: Resource, verb: str, changes: dict[str, Any], *, actor: Actor) -> None:
    """A line of the history of a resource."""
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="library_resource",
        row_id=str(row.pk),
        verb=verb,
        changes=changes,
    )


def owned(uid: UUID, actor: Actor) -> Resource:
    """The resource, when the actor may change it. Raises NotFound, NotAllowed."""
    return _own(uid, actor)


def _own(uid: UUID, actor: Actor) -> Resource:
    row = Resource.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound(UNKNOWN)
    check_may_change(actor, row.holder_id)
    return row


def _change(row: Resource, values: dict[str, Any], version: int) -> None:
    guarded = Resource.objects.filter(pk=row.pk, version=version)
    if not guarded.update(**values, version=F("version") + 1, updated_at=timezone.now()):
        raise StaleVersion("Quelqu’un a modifié cette notice entre-temps : relisez-la, puis recommencez.")


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)[:300]
