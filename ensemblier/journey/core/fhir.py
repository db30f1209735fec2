"""A relay as FHIR R4B: a Task (where it stands) on a ServiceRequest (what is asked).

What the reader may not see is not in it.

States: the SDOH closed loop (Task statuses of HL7 FHIR); `received` and our own state stand beside for what it has no
word for. Source of the correspondence: hl7.org/fhir/R4B/valueset-task-status.html.
"""

from datetime import datetime
from typing import Any

from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.inbox import RelayPage, RelayRow, StateRow
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.states import RelayKind, RelayState, View

SYSTEM = "urn:ensemblier:relay"
TASK_STATUS = {
    RelayState.DRAFT: "draft",
    RelayState.AWAITING_PERSON: "draft",
    RelayState.SENT: "requested",
    RelayState.ACKNOWLEDGED: "received",
    RelayState.INFO_REQUESTED: "on-hold",
    RelayState.ACCEPTED: "accepted",
    RelayState.IN_PROGRESS: "in-progress",
    RelayState.COMPLETED: "completed",
    RelayState.DECLINED: "rejected",
    RelayState.WITHDRAWN: "cancelled",
    RelayState.CANCELLED: "cancelled",
    RelayState.FAILED: "failed",
    RelayState.EXPIRED: "failed",
    RelayState.ENTERED_IN_ERROR: "entered-in-error",
}
REQUEST_STATUS = {
    RelayState.DRAFT: "draft",
    RelayState.AWAITING_PERSON: "draft",
    RelayState.COMPLETED: "completed",
    RelayState.ENTERED_IN_ERROR: "entered-in-error",
    RelayState.DECLINED: "revoked",
    RelayState.WITHDRAWN: "revoked",
    RelayState.CANCELLED: "revoked",
    RelayState.FAILED: "revoked",
    RelayState.EXPIRED: "revoked",
}
"""Every other state: active."""

UNNAMED = "personne non nommée"


def task_of(relay: RelayPage) -> dict[str, Any]:
    """The Task of a relay."""
    task = _task(relay.uid.hex, relay.state, relay.kind) | {
        "for": {"display": relay.person_name or UNNAMED},
        "lastModified": _instant(_last(relay)),
        "owner": {"display": relay.recipient_name} if relay.recipient_name else None,
        "requester": {"display": relay.source_name} if relay.source_name else None,
        "authoredOn": _instant(relay.created_at),
        "statusReason": {"text": relay.reason or relay.outcome} if relay.reason or relay.outcome else None,
        "restriction": {"period": {"end": relay.due_on.isoformat()}} if relay.due_on else None,
    }
    return {name: value for name, value in task.items() if value is not None}


def row_task_of(row: RelayRow) -> dict[str, Any]:
    """The Task of a line of a list: its state, its deadline, and no name."""
    task = _task(row.uid.hex, row.state, row.kind) | {"for": {"display": UNNAMED}}
    return task | ({"restriction": {"period": {"end": row.due_on.isoformat()}}} if row.due_on else {})


def state_task_of(row: StateRow) -> dict[str, Any]:
    """The Task of a relay as the organisation's own system reads it: its state, its deadline, its version."""
    task = _task(row.uid.hex, row.state, row.kind) | {
        "meta": {"versionId": str(row.version)},
        "for": {"display": UNNAMED},
    }
    return task | ({"restriction": {"period": {"end": row.due_on.isoformat()}}} if row.due_on else {})


def _task(number: str, state: RelayState, kind: RelayKind) -> dict[str, Any]:
    return {
        "resourceType": "Task",
        "id": number,
        "status": TASK_STATUS[state],
        "businessStatus": {"coding": [{"system": f"{SYSTEM}:state", "code": state.value, "display": state.label}]},
        "intent": "order",
        "code": {"coding": [{"system": f"{SYSTEM}:kind", "code": kind.value, "display": kind.label}]},
        "focus": {"reference": f"ServiceRequest/{number}"},
    }


def service_request_of(relay: RelayPage) -> dict[str, Any]:
    """The ServiceRequest of a relay; the person stands inside it once the reader has the relay in hand."""
    patient = _patient(relay)
    request = {
        "resourceType": "ServiceRequest",
        "id": relay.uid.hex,
        "contained": [patient] if patient else None,
        "status": REQUEST_STATUS.get(relay.state, "active"),
        "intent": "order",
        "code": {"text": relay.envelope.need} if relay.envelope.need else None,
        "subject": {"reference": "#person"} if patient else {"display": UNNAMED},
        "authoredOn": _instant(relay.created_at),
        "requester": {"display": relay.source_name} if relay.source_name else None,
        "performer": [{"display": relay.recipient_name}] if relay.recipient_name else None,
        "locationCode": [{"text": relay.envelope.place}] if relay.envelope.place else None,
        "note": [{"text": text} for text in _notes(relay)] or None,
    }
    return {name: value for name, value in request.items() if value is not None}


def bundle_of(resources: list[dict[str, Any]], kind: str = "collection") -> dict[str, Any]:
    """Several resources as one."""
    total = {"total": len(resources)} if kind == "searchset" else {}
    entries = [{"fullUrl": f"urn:ensemblier:{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
    return {"resourceType": "Bundle", "type": kind, **total, "entry": entries}


def _patient(relay: RelayPage) -> dict[str, Any] | None:
    """Who the person is, as she lets the reader know it; None for whoever does not read it."""
    data = next((packet.data for packet in relay.packets if packet.category is Category.IDENTITY), None)
    if relay.seen is not View.SUMMARY or data is None:
        return None
    names = {"family": data.get("family_name"), "given": [data["given_name"]] if data.get("given_name") else None}
    ways = [{"system": way, "value": data[way]} for way in ("phone", "email") if data.get(way)]
    known = {name: value for name, value in names.items() if value}
    found = {"name": [known] if known else None, "telecom": ways or None, "birthDate": data.get("born")}
    return {"resourceType": "Patient", "id": "person"} | {n: value for n, value in found.items() if value is not None}


def _notes(relay: RelayPage) -> list[str]:
    if relay.seen is not View.SUMMARY:
        return []
    shared = [packet for packet in relay.packets if packet.category is not Category.IDENTITY]
    return [relay.summary, *(f"{packet.category.label} : {packet.text}" for packet in shared)]


def _last(relay: RelayPage) -> datetime | None:
    return relay.steps[-1].at if relay.steps else relay.ended_at or relay.sent_at or relay.created_at


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(PARIS).isoformat(timespec="seconds") if at else None
