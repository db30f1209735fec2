"""Persons written down in a file: the format of `ensemblier orient --cases`, and what is printed for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.errors import BadInput
from ensemblier.routing.core.answer import Exclusion, Level, NotConcerned, Reason, Undetermined
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status
from ensemblier.routing.core.orientation import Orientation

CODE_MESSAGE = "« {value} » n’est pas une valeur connue pour « {field} » ; valeurs possibles : {known}."


@dataclass(frozen=True, slots=True)
class Case:
    """One person of a file: who, on which day, where, and the operator they wish for."""

    id: str
    on: date
    facts: PersonFacts
    commune: str
    wish: Operator | None = None


def parse_cases(data: object, *, default_on: date) -> list[Case]:
    """The cases of a decoded JSON file: a list of `{id, on, person: {…}}`.

    `person`: born, age_band, statuses, qualities, purpose, commune, wish. A list of qualities is complete (the others
    are "no"); a map says true, false or null one by one; an absent or null `qualities` or `statuses` was not asked. A
    null `purpose` means "nothing particular", an absent one "not asked". Raises BadInput naming the case.
    """
    if not isinstance(data, list):
        raise BadInput("Le fichier de cas doit contenir une liste JSON : [ {…}, {…} ].")
    cases = []
    for place, row in enumerate(data, start=1):
        label = str(row.get("id", place)) if isinstance(row, Mapping) else str(place)
        try:
            cases.append(_case(row, label, default_on))
        except BadInput as error:
            raise BadInput(
                "Cas %(label)s : %(message)s", values={"label": label, "message": error.message}, field=error.field
            ) from error
    return cases


def _case(row: Any, label: str, default_on: date) -> Case:
    person = row.get("person") if isinstance(row, Mapping) else None
    if not isinstance(person, Mapping):
        raise BadInput("il faut un champ « person » avec la situation de la personne.", field="person")
    on = parse_date(row["on"], "on") if row.get("on") else default_on
    wish = person.get("wish")
    return Case(
        id=label,
        on=on,
        facts=facts_from(person),
        commune=str(person.get("commune") or ""),
        wish=Operator(_code(wish, "wish", Operator)) if wish else None,
    )


def facts_from(person: Mapping[str, Any]) -> PersonFacts:
    """The facts of a decoded `person` (its commune apart). Raises BadInput naming the field."""
    born, band, purpose = person.get("born"), person.get("age_band"), person.get("purpose", "unasked")
    statuses = person.get("statuses")
    return PersonFacts(
        born=parse_date(born, "born") if born else None,
        age_band=AgeBand(_code(band, "age_band", AgeBand)) if band else None,
        statuses=None if statuses is None else frozenset(_codes(statuses, "statuses", Status)),
        qualities=_qualities(person.get("qualities")),
        purpose=None if purpose == "unasked" else Purpose(_code(purpose or "none", "purpose", Purpose)),
    )


def _qualities(value: Any) -> dict[Quality, bool | None]:
    if value is None:
        return {}
    if isinstance(value, Mapping):
        wrong = [answer for answer in value.values() if answer is not None and not isinstance(answer, bool)]
        if wrong:
            raise BadInput("chaque qualité vaut true, false ou null.", field="qualities")
        return {Quality(_code(word, "qualities", Quality)): answer for word, answer in value.items()}
    yes = _codes(value, "qualities", Quality)
    return {quality: quality in yes for quality in Quality}


def _codes(value: Any, field: str, vocabulary: type[Status] | type[Quality]) -> list[Any]:
    if not isinstance(value, list):
        raise BadInput("« %(field)s » doit être une liste.", values={"field": field}, field=field)
    return [vocabulary(_code(word, field, vocabulary)) for word in value]


def _code(value: Any, field: str, vocabulary: Any) -> str:
    known = [member.value for member in vocabulary]
    if value not in known:
        raise BadInput(CODE_MESSAGE.format(value=value, field=field, known=", ".join(known)), field=field)
    return str(value)


def parse_date(value: Any, field: str) -> date:
    """A day written year-month-day. Raises BadInput naming the field."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _refuse(value)
    except ValueError as error:
        raise BadInput(
            "« %(value)s » n’est pas une date du calendrier ; écrivez année-mois-jour, par exemple 1988-05-04.",
            values={"value": value},
            field=field,
        ) from error


def _refuse(value: Any) -> date:
    raise ValueError(value)


def item_of(case_id: str, orientation: Orientation) -> dict[str, Any]:
    """One item of the printed array; the keys are a contract with scripts. Sites are left as values to be printed."""
    return {
        "id": case_id,
        "on": orientation.on,
        "express": [door.operator.value for door in orientation.doors if door.level is Level.EXPRESS],
        "possible": [door.operator.value for door in orientation.doors if door.level is Level.POSSIBLE],
        "excluded": [_excluded(closed) for closed in orientation.excluded],
        "other_doors": [door.key for door in orientation.other_doors],
        "unassigned": orientation.unassigned,
        "missing": [question.key for question in orientation.questions],
        "names": {operator.value: name for operator, name in orientation.names.items()},
        "doors": [
            {
                "operator": door.operator.value,
                "name": door.name,
                "level": door.level.value,
                "because": [reason_of(reason) for reason in door.because],
                "sites": door.sites,
            }
            for door in orientation.doors
        ],
        "not_concerned": _why(orientation.not_concerned),
        "undetermined": _why(orientation.undetermined),
        "doubts": [reason_of(doubt.reason) for doubt in orientation.doubts],
        "questions": orientation.questions,
        "rights": [
            {"title": right.title_fr, "delay": right.delay, **reason_of(right.reason)} for right in orientation.rights
        ],
        "right_open": orientation.is_right_open,
        "right_reasons": [reason_of(reason) for reason in orientation.right_reasons],
        "agreements": [reason_of(reason) for reason in orientation.agreements],
        "desk": orientation.desk,
    }


def _excluded(closed: Exclusion) -> dict[str, Any]:
    return {
        "operator": closed.operator.value,
        "rule": " ; ".join(reason.rule_id for reason in closed.because),
        "source": " ; ".join(reason.reference for reason in closed.because),
        "because": [reason_of(reason) for reason in closed.because],
    }


def reason_of(reason: Reason) -> dict[str, Any]:
    """A rule that held, as a script reads it."""
    return {
        "rule": reason.rule_id,
        "fr": reason.plain_fr,
        "en": reason.plain_en,
        "source": reason.reference,
        "url": reason.source_url,
        "valid_from": reason.valid_from,
        "valid_to": reason.valid_to,
        "agreement": reason.is_agreement,
    }


def _why(closed: Sequence[NotConcerned | Undetermined]) -> list[dict[str, Any]]:
    return [
        {"operator": row.operator.value, "because": [reason_of(reason) for reason in row.because]} for row in closed
    ]
