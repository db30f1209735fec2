"""Reads: where a row comes from and whether it is still fresh."""

from datetime import date

from ensemblier.directory.core.freshness import freshness
from ensemblier.directory.core.views import Provenance
from ensemblier.directory.models import Sourced


def provenance_of(row: Sourced, *, on: date) -> Provenance:
    """Provenance of a row whose source is already joined."""
    known = freshness(
        reviewed_on=row.reviewed_on,
        updated_on=row.source_updated_on,
        created_on=row.created_at.date(),
        months=row.review_every_months,
        on=on,
    )
    return Provenance(
        source_name=row.source.name if row.source else "",
        source_url=row.source_url or (row.source.url if row.source else ""),
        updated_on=row.source_updated_on,
        reviewed_on=row.reviewed_on,
        review_due_on=known.due_on,
        is_stale=known.is_stale,
        is_fictitious=row.is_fictitious,
    )
