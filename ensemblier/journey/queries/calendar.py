"""Reads: the year of somebody, with the doors that the law opens on each day, as the rules known today say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ensemblier.directory.core.operators import Operator
from ensemblier.journey.core.calendar import Certainty, Doors, Judge, Question, Span, Year, read_year
from ensemblier.journey.core.consent import Category
from ensemblier.journey.models import Activity, Person, StatusPeriod, TrainingProject
from ensemblier.journey.queries.contents import qualities_of
from ensemblier.journey.queries.own_file import Author, reading
from ensemblier.kernel.errors import NotFound
from ensemblier.routing.core.answer import Level
from ensemblier.routing.core.facts import PersonFacts, Quality, Status
from ensemblier.routing.queries.orientation import LawOfPlace, law_of_place
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import commune

MONTHS_BEFORE, MONTHS_SHOWN = 1, 15
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ActivityView:
    """A contract or a season and the version of its row."""

    uid: UUID
    version: int
    label: str
    status: Status
    certainty: Certainty
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class YearView:
    """A year, who is who in it, and what may be changed. `wanted_weeks` None: no training, or its length not known."""

    year: Year
    names: dict[Operator, str]
    activities: tuple[ActivityView, ...]
    wanted_weeks: int | None
    training: str


def read_calendar(file: UUID, *, by: Author, at: datetime, on: date) -> YearView:
    """Fifteen months from the first of last month. Raises NotFound."""
    with reading(file, by=by, at=at, needs=Category.SITUATION) as person:
        return year_of(person, on)


def year_of(person: Person, on: date) -> YearView:
    """The year of a person already opened. A constant number of queries, whatever the year holds."""
    rows = list(Activity.objects.filter(person=person, is_removed=False).order_by("starts_on", "pk"))
    training = (
        TrainingProject.objects.filter(person=person, is_given_up=False, weeks__isnull=False).order_by("pk").first()
    )
    law, facts = law_of_place(_home(person, on), on=on), _facts(person)
    start, end = _months(on, -MONTHS_BEFORE), _months(on, MONTHS_SHOWN - MONTHS_BEFORE)
    asked = Question(start, end, on, training.weeks if training else None, _cuts(law, person, start, end))
    year = read_year([*_statuses(person), *map(_span, rows)], _judge(law, facts), asked)
    return YearView(
        year=year,
        names=law.answer(facts, on).names,
        activities=tuple(map(_view, rows)),
        wanted_weeks=training.weeks if training else None,
        training=training.title if training else "",
    )


def read_activity(file: UUID, activity: UUID, *, by: Author, at: datetime) -> ActivityView:
    """One contract or season. Raises NotFound when it is not of this file."""
    with reading(file, by=by, at=at, needs=Category.SITUATION) as person:
        row = Activity.objects.filter(person=person, uid=activity, is_removed=False).first()
    if row is None:
        raise NotFound("Cette activité n’existe pas dans ce dossier.")
    return _view(row)


def _months(on: date, count: int) -> date:
    """The first day of the month `count` months away."""
    place = on.year * 12 + on.month - 1 + count
    return date(place // 12, place % 12 + 1, 1)


def _home(person: Person, on: date) -> CommuneView | None:
    return commune(person.commune_id, on=on) if person.commune_id else None


def _facts(person: Person) -> PersonFacts:
    """What is known of her, without the statuses; what she did not say stays unknown."""
    known: dict[Quality, bool | None] = dict(qualities_of(person.pk, health=False))
    return PersonFacts(born=person.born, qualities=known)


def _judge(law: LawOfPlace, facts: PersonFacts) -> Judge:
    def judge(statuses: frozenset[Status], on: date) -> Doors:
        answer = law.answer(
            PersonFacts(born=facts.born, qualities=facts.qualities, statuses=statuses, recorded_doors=law.doors), on
        )
        return Doors(
            express=answer.operators(Level.EXPRESS),
            possible=answer.operators(Level.POSSIBLE),
            undetermined=tuple(each.operator for each in answer.undetermined),
        )

    return judge


def _cuts(law: LawOfPlace, person: Person, start: date, end: date) -> frozenset[date]:
    """Days on which the same statuses may give other doors: a rule begins or ends, a birthday."""
    days = set(law.regimes.changes(start, end))
    if person.born is not None:
        for year in range(start.year, end.year + 1):
            is_leap_day = (person.born.month, person.born.day) == (2, 29)
            days.add(date(year, 3, 1) if is_leap_day else person.born.replace(year=year))
    return frozenset(days)


def _statuses(person: Person) -> list[Span]:
    return [
        Span(row.words or Status(row.status).label, Status(row.status), row.valid_from, row.valid_to)
        for row in StatusPeriod.objects.filter(person=person).order_by("valid_from", "pk")
    ]


def _span(row: Activity) -> Span:
    end = row.ends_on + DAY if row.ends_on else None
    return Span(row.label, Status(row.status), row.starts_on, end, Certainty(row.certainty))


def _view(row: Activity) -> ActivityView:
    return ActivityView(
        uid=row.uid,
        version=row.version,
        label=row.label,
        status=Status(row.status),
        certainty=Certainty(row.certainty),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
