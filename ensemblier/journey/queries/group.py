"""Reads: who is around the person, what was decided, her accompaniments. Call inside `acting(by)`, on an opened file.

Another structure is named only while the person shares with it; otherwise it is "une autre structure".
"""

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch, Q
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
from ensemblier.journey.models import Access, Consent, Decision, Episode, EpisodeLevel, GroupMember, Lead, Person
from ensemblier.routing.core.facts import Purpose


def around_of(people: Sequence[Person]) -> Around:
    """Everything around a file that was opened. Seven queries."""
    named = _named(people)
    return Around(tuple(_members(people, named)), tuple(_decisions(people, named)), tuple(_episodes(people)))


def shared_decisions(person: Person) -> Around:
    """The decision log alone, for an adviser of a joint accompaniment who reads the project."""
    return Around((), tuple(_decisions([person], _named([person]))), ())


def _named(people: Sequence[Person]) -> frozenset[int]:
    """Organisations that may be named: the holder, and those with which she shares now."""
    live = Consent.objects.filter(person__in=people, revoked_at=None, given_at__lte=Now(), ends_at__gt=Now())
    return frozenset({*(each.organisation_id for each in people), *live.values_list("organisation_id", flat=True)})


def _members(people: Sequence[Person], named: frozenset[int]) -> Iterator[MemberView]:
    leads = Lead.objects.filter(episode__person__in=people, until=STILL_OPEN).select_related("adviser", "organisation")
    seen = set()
    for lead in leads.order_by("since", "pk"):
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
    yield from _colleagues(people, seen)
    rows = GroupMember.objects.filter(person__in=people).select_related("organisation")
    for row in rows.order_by("since", "pk"):
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


def _colleagues(people: Sequence[Person], seen: set[int]) -> Iterator[MemberView]:
    """Those to whom the file is open besides the leads: colleagues, substitutes, joint advisers."""
    rows = Access.objects.filter(Q(until=None) | Q(until__gt=Now()), person__in=people, ended_at=None)
    reasons = (AccessReason.MEMBER, AccessReason.SUBSTITUTE, AccessReason.JOINT)
    shown = rows.filter(reason__in=[reason.value for reason in reasons]).exclude(user_id__in=seen)
    for row in shown.select_related("user", "organisation").order_by("since", "pk"):
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


def _decisions(people: Sequence[Person], named: frozenset[int]) -> Iterator[DecisionView]:
    rows = list(
        Decision.objects.filter(person__in=people)
        .select_related("author", "organisation")
        .order_by("-decided_on", "-pk")
    )
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


def _episodes(people: Sequence[Person]) -> Iterator[EpisodeView]:
    levels = Prefetch("levels", EpisodeLevel.objects.order_by("entered_on", "pk"))
    for row in Episode.objects.filter(person__in=people).prefetch_related(levels).order_by("-opened_at", "-pk"):
        yield EpisodeView(
            opened_at=row.opened_at,
            closed_at=None if row.closes_at == STILL_OPEN else row.closes_at,
            ending=row.ending,
            purposes=tuple(map(Purpose, row.purposes)),
            levels=tuple(LevelView(Level(each.level), each.entered_on) for each in row.levels.all()),
        )
