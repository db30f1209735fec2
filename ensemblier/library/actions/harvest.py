"""Harvesting a repository: page by page, each page whole; what was read stays when the next page fails."""

from collections.abc import Callable
from datetime import date

from ensemblier.kernel.actor import Actor
from ensemblier.library.actions.intake import Taken, source_named, take_notices, withdraw_notices
from ensemblier.library.adapters.oai import Page, harvest_pages
from ensemblier.library.core.harvests import Asked
from ensemblier.library.models import HarvestedSource
from ensemblier.library.sql.index import count_words

Progress = Callable[[Taken], None]


def harvest(
    asked: Asked,
    name: str,
    *,
    actor: Actor,
    on: date,
    progress: Progress | None = None,
    pause: float = 1.0,
) -> Taken:  # fmt: skip
    """Take what a repository has since the last harvest (`asked.since`, when given, decides instead).

    The date of the next harvest is the server's own clock at the first page, kept only when all pages were read: what
    changed meanwhile is asked again. Raises NotAllowed, BadInput, SourceUnavailable: pages already read stay.
    """
    source = source_named(name, url=asked.url, actor=actor)
    known, _created = HarvestedSource.objects.get_or_create(
        base_url=asked.url, prefix=asked.prefix, set_spec=asked.set_spec, defaults={"source": source}
    )
    done = Taken()
    began = ""
    wanted = Asked(asked.url, asked.prefix, asked.set_spec, asked.since or known.harvested_to)
    try:
        for page in harvest_pages(wanted, pause=pause):
            began = began or page.answered
            _take(page, known, done, actor=actor, on=on)
            if progress is not None:
                progress(done)
    finally:
        if done.new or done.changed or done.withdrawn:
            count_words()
    if began:
        known.harvested_to = _as_asked(began, known.harvested_to)
        known.save(update_fields=["harvested_to"])
    return done


def _take(page: Page, known: HarvestedSource, done: Taken, *, actor: Actor, on: date) -> None:
    for record in page.records:
        if record.why:
            done.refuse(record.identifier or "?", record.why)
    kept = [(record.identifier, record.notice) for record in page.records if record.notice is not None]
    take_notices(kept, known.source, done, actor=actor, on=on)
    withdraw_notices(
        [record.identifier for record in page.records if record.is_deleted], known.source, done, actor=actor, on=on
    )


def _as_asked(began: str, before: str) -> str:
    """A datestamp by the day: every repository understands it (seconds are optional in OAI-PMH)."""
    return max(began[:10], before)
