"""Reads: who is around the person, what was decided, her accompaniments. Call inside `acting(by)`, on an opened file.

Another structure is named only while the person shares with it; otherwise it is "une autre structure".
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models.functions import Now
from django.utils import timezone

from ensemblier.journey.core.access import AccessReason
from ensemblier.journey.core.episode import STILL_OPEN, Level
from ensemblier.journey.core.group import (
    ELSEWHERE,
    Around,
    Decider,
    DecisionView,
    EpisodeView,
    GroupRole,
    LevelView,
    MemberView,
)
from ensemblier.journey.models import Access, Consent, Decision, Episode, Person
from ensemblier.journey.sql.whole_file import WholeFile
from ensemblier.routing.core.facts import Purpose


def around_of(file: WholeFile) -> Around:
    """Everything around a file that is read whole. No query."""
    decisions = _decisions(file.decisions, file.named)
    return Around(tuple(_members(file)), tuple(decisions), tuple(map(_episode, file.episodes)))


def shared_decisions(person: Person) -> Around:
    """The decision log alone, for an adviser of a joint accompaniment who reads the project. Two queries."""
    rows = Decision.objects.filter(person=person).select_related("author", "organisation")
    return Around((), tuple(_decisions(rows.order_by("-decided_on", "-pk"), _named([person]))), ())


def _named(people: Sequence[Person]) -> frozenset[int]:
    """Organisations that may be named: the holder, and those with which she shares now."""
    live = Consent.objects.filter(person__in=people, revoked_at=None, given_at__lte=Now(), ends_at__gt=Now())
    return frozenset({*(each.organisation_id for each in people), *live.values_list("organisation_id", flat=True)})


def _members(file: WholeFile) -> Iterator[MemberView]:
    seen, named = set(), file.named
    for lead in file.leads:
        seen.add(lead.adviser_id)
        is_named = lead.organisation_id in named
        yield MemberView(
            uid=None,
            version=0,
            name=lead.adviser.name if is_named else "",
            where=lead.organisation.name if is_named else ELSEWHERE,
            role=GroupRole.LEAD,
            purpose="",
            since=timezone.localdate(lead.since),
            until=None,
        )
    yield from _colleagues(file.accesses, seen)
    for row in file.members:
        is_named = row.organisation_id is None or row.organisation_id in named
        yield MemberView(
            uid=row.uid,
            version=row.version,
            name=row.name if is_named else "",
            where=(row.organisation.name if row.organisation else "") if is_named else ELSEWHERE,
            role=GroupRole(row.role),
            purpose=row.purpose,
            since=row.since,
            until=row.until,
        )


def _colleagues(rows: Iterable[Access], seen: set[int]) -> Iterator[MemberView]:
    """Those to whom the file is open besides the leads: colleagues, substitutes, joint advisers."""
    for row in rows:
        if row.user_id in seen:
            continue
        is_joint = row.reason == AccessReason.JOINT
        yield MemberView(
            uid=None,
            version=0,
            name=row.user.name,
            where=row.organisation.name,
            role=GroupRole.OPERATOR if is_joint else GroupRole.COLLEAGUE,
            purpose=row.why,
            since=timezone.localdate(row.since),
            until=timezone.localdate(row.until) if row.until else None,
        )


def _decisions(found: Iterable[Decision], named: frozenset[int]) -> Iterator[DecisionView]:
    rows = list(found)
    replaced = {row.replaces_id for row in rows}
    for row in rows:
        where = ""
        if row.organisation is not None:
            where = row.organisation.name if row.organisation_id in named else ELSEWHERE
        yield DecisionView(
            uid=row.uid,
            words=row.words,
            decider=Decider(row.decider),
            where=where,
            decided_on=row.decided_on,
            author_name="" if where == ELSEWHERE else row.author.name,
            at=row.at,
            is_replaced=row.pk in replaced,
        )


def _episode(row: Episode) -> EpisodeView:
    return EpisodeView(
        opened_at=row.opened_at,
        closed_at=None if row.closes_at == STILL_OPEN else row.closes_at,
        ending=row.ending,
        purposes=tuple(map(Purpose, row.purposes)),
        levels=tuple(LevelView(Level(each.level), each.entered_on) for each in row.levels.all()),
    )
