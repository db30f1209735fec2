"""Reads: one notice, the latest ones, a file. Who asks decides what opens."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from ensemblier.directory.core.freshness import Freshness, freshness
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound
from ensemblier.kernel.files import FileType
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.library.adapters import shelf
from ensemblier.library.core.access import may_change, reads_content
from ensemblier.library.core.kinds import Audience, DatePrecision, Domain, Licence, ResourceKind, ResourceState
from ensemblier.library.core.notices import Issued
from ensemblier.library.core.views import AttachmentView, HistoryLine, PassageView, ResourceView, Row
from ensemblier.library.models import Attachment, Passage, Resource
from ensemblier.library.sql.search import lines

UNKNOWN = "Cette ressource n’existe pas (ou plus) dans la bibliothèque. Reprenez la recherche."
SIGN_IN = "Pour accéder à ce contenu, merci de vous identifier."


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file and what it holds."""

    name: str
    media_type: FileType
    content: bytes


def resource(uid: UUID, *, actor: Actor, on: date, keys: Collection[str] = ()) -> ResourceView:
    """A notice; its content too when it opens to the actor. Raises NotFound (another group's corner included)."""
    row = _found(Resource.objects.select_related("source", "zone", "holder", "publisher").filter(uid=uid), actor, keys)
    view = _view(row, actor, on, keys)
    if not view.is_open:
        return view
    files = Attachment.objects.filter(resource=row).order_by("name", "pk")
    said = Passage.objects.filter(resource=row).order_by("start_ms", "pk")
    return replace(
        view,
        attachments=tuple(AttachmentView(f.uid, f.name, FileType(f.media_type), f.size) for f in files),
        passages=tuple(PassageView(p.start_ms / 1000, p.text) for p in said),
        history=_history(row) if view.may_change else (),
    )


def identified(identifier: str) -> UUID:
    """The resource that a source names so ("halshs-02894754"). Raises NotFound."""
    rows = Resource.objects.filter(identifier=identifier).exclude(audience=Audience.CORNER.value)
    uid = rows.order_by("pk").values_list("uid", flat=True).first()
    if uid is None:
        raise NotFound(UNKNOWN)
    return uid


def latest(
    *,
    on: date,
    limit: int = 20,
    keys: Collection[str] = (),
    zones: Collection[str] | None = None,
    kinds: Collection[ResourceKind] = (),
) -> tuple[Row, ...]:
    """The newest published resources; with `zones` (their keys), those of these territories; with `kinds`, those of
    these kinds: one query."""
    rows = Resource.objects.filter(_shown(keys), state=ResourceState.PUBLISHED.value)
    if zones is not None:
        rows = rows.filter(zone_id__in=list(zones))
    if kinds:
        rows = rows.filter(kind__in=[kind.value for kind in kinds])
    rows = rows.select_related("publisher").only(*_LINE)
    ordered = rows.order_by(F("issued_on").desc(nulls_last=True), "-pk")
    return tuple(line(row, on) for row in ordered[:limit])


def territories() -> list[tuple[str, str]]:
    """(key, name) of the territories that resources speak of, by name: one query."""
    rows = Resource.objects.filter(state=ResourceState.PUBLISHED.value, zone__isnull=False)
    found = rows.exclude(audience=Audience.CORNER.value).order_by("zone__sort_key", "zone_id")
    return list(found.values_list("zone_id", "zone__name").distinct()[:200])


def of_holder(*, actor: Actor, on: date, limit: int = 200) -> tuple[Row, ...]:
    """What the actor's own organisation deposited, withdrawn ones too, newest first."""
    if actor.organisation_id is None:
        return ()
    rows = Resource.objects.filter(holder_id=actor.organisation_id).select_related("publisher").only(*_LINE)
    return tuple(line(row, on) for row in rows.order_by("-pk")[:limit])


def read_file(uid: UUID, file: UUID, *, actor: Actor, keys: Collection[str] = ()) -> FileContent:
    """One file. Raises NotFound, NotAllowed (members only)."""
    row = _found(Resource.objects.filter(uid=uid), actor, keys)
    if not reads_content(actor, Audience(row.audience), row.audience_key, keys):
        raise NotAllowed(SIGN_IN)
    kept = Attachment.objects.filter(resource=row, uid=file).first()
    if kept is None or row.state != ResourceState.PUBLISHED:
        raise NotFound("Ce fichier n’est pas joint à cette ressource.")
    return FileContent(kept.name, FileType(kept.media_type), shelf.get(kept.stored_as))


def rows_by_id(ids: Iterable[int], *, on: date) -> dict[int, Row]:
    """Lines of these resources: one prepared query, asked at each search."""
    found = (Resource.from_db("default", _COLUMNS, row) for row in lines(list(ids)))
    return {row.pk: line(row, on) for row in found}


_LINE = (
    "uid", "title", "kind", "abstract", "authors", "publisher__name", "publisher_name", "series", "number", "issued_on",
    "issued_precision", "domain", "audience", "valid_to", "reviewed_on", "source_updated_on", "created_at",
    "review_every_months", "is_fictitious",
)  # fmt: skip
"""Columns of a line: a list never reads texts of 400,000 characters."""
_COLUMNS = (
    "id", "valid_to", "uid", "source_updated_on", "reviewed_on", "review_every_months", "is_fictitious",
    "created_at", "kind", "title", "abstract", "authors", "publisher_name", "series", "number", "issued_on",
    "issued_precision", "domain", "audience",
)  # fmt: skip
"""As `sql/lines.sql` gives them: the publisher by its name, whatever it is."""


def _found(rows: QuerySet[Resource], actor: Actor, keys: Collection[str]) -> Resource:
    row = rows.first()
    if row is None or (
        row.audience == Audience.CORNER and not reads_content(actor, Audience.CORNER, row.audience_key, keys)
    ):
        raise NotFound(UNKNOWN)
    return row


def _shown(keys: Collection[str]) -> Q:
    return Q(audience_key="") | Q(audience_key__in=list(keys))


def _freshness(row: Resource, on: date) -> Freshness:
    return freshness(
        reviewed_on=row.reviewed_on, updated_on=row.source_updated_on, created_on=row.created_at.date(),
        months=row.review_every_months, on=on,
    )  # fmt: skip


def line(row: Resource, on: date) -> Row:
    """A resource as a line of a list."""
    known = (
        Issued(row.issued_on, DatePrecision(row.issued_precision)) if row.issued_on and row.issued_precision else None
    )
    return Row(
        uid=row.uid,
        title=row.title,
        kind=ResourceKind(row.kind),
        abstract=row.abstract,
        authors=tuple(row.authors),
        publisher=_publisher(row),
        series=row.series,
        number=row.number,
        issued=known,
        domain=Domain(row.domain) if row.domain else None,
        audience=Audience(row.audience),
        is_repealed=row.valid_to is not None and row.valid_to <= on,
        is_stale=_freshness(row, on).is_stale,
        is_fictitious=row.is_fictitious,
    )


def _publisher(row: Resource) -> str:
    known = row.publisher if "publisher_id" in row.__dict__ else None
    return known.name if known else row.publisher_name


def _view(row: Resource, actor: Actor, on: date, keys: Collection[str]) -> ResourceView:
    is_published = row.state == ResourceState.PUBLISHED
    is_open = is_published and reads_content(actor, Audience(row.audience), row.audience_key, keys)
    return ResourceView(
        row=line(row, on),
        version=row.version,
        pages=row.pages,
        body=row.body if is_open else "",
        commissioner=row.commissioner_name,
        deposited_on=row.deposited_on,
        keywords=tuple(row.keywords),
        language=row.language,
        licence=Licence(row.licence) if row.licence else None,
        identifier=row.identifier,
        doi=row.doi,
        link=row.source_url,
        media_url=row.media_url if is_open else "",
        zone_key=row.zone_id or "",
        zone_name=row.zone.name if row.zone else "",
        in_force_from=row.valid_from,
        repealed_on=row.valid_to,
        reviewed_on=row.reviewed_on,
        due_on=_freshness(row, on).due_on,
        source_name=row.source.name if row.source else "",
        holder_name=row.holder.name if row.holder else "",
        is_open=is_open,
        may_change=is_published and may_change(actor, row.holder_id),
        withdrawn_on=row.withdrawn_on,
        withdrawn_why=row.withdrawn_why,
    )


def _history(row: Resource) -> tuple[HistoryLine, ...]:
    lines = AuditRow.objects.filter(table="library_resource", row_id=str(row.pk)).order_by("-at", "-pk")[:50]
    return tuple(HistoryLine(entry.at, entry.verb, entry.actor_label) for entry in lines)
