"""The operations on one page, made by the server from the description itself: no script, nothing from outside."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from ensemblier.api.v1.interface import api
from ensemblier.kernel.words import marked


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as a line of a table."""

    name: str
    place: str
    is_required: bool
    form: str
    description: str


@dataclass(frozen=True, slots=True)
class Documented:
    """An operation as a section."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]


_FORMS = {
    "date": marked("date AAAA-MM-JJ"),
    "uuid": marked("identifiant (UUID)"),
    "string": marked("texte"),
    "integer": marked("nombre entier"),
    "number": marked("nombre"),
    "boolean": marked("vrai ou faux"),
}


@cache
def operations(language: str) -> tuple[tuple[str, tuple[Documented, ...]], ...]:
    """(subject, operations) in the order of the description, in the `language` that is active."""
    document = api.get_openapi_schema()
    subjects: dict[str, list[Documented]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            subjects.setdefault(operation["tags"][0], []).append(_documented(path, method, operation, document))
    return tuple((subject, tuple(found)) for subject, found in subjects.items())


def page(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/docs."""
    shown = {"subjects": operations(get_language()), "info": api.get_openapi_schema()["info"]}
    return render(request, "api/operations.html", shown)


def _documented(path: str, method: str, operation: dict[str, Any], document: dict[str, Any]) -> Documented:
    parameters = [
        Parameter(
            name=each["name"],
            place=gettext({"query": marked("adresse"), "path": marked("chemin")}.get(each["in"], each["in"])),
            is_required=bool(each.get("required")),
            form=_form(each["schema"], document),
            description=each.get("description") or each["schema"].get("description", ""),
        )
        for each in operation.get("parameters", [])
    ]
    return Documented(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=tuple(parameters) + _body(operation, document),
    )


def _body(operation: dict[str, Any], document: dict[str, Any]) -> tuple[Parameter, ...]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    schema = _resolved(content.get("schema", {}), document)
    required = schema.get("required", ())
    return tuple(
        Parameter(name, gettext("corps (JSON)"), name in required, _form(each, document), each.get("description", ""))
        for name, each in schema.get("properties", {}).items()
    )


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


def _form(schema: dict[str, Any], document: dict[str, Any]) -> str:
    """What a value looks like, in a few words."""
    schema = _resolved(schema, document)
    if "anyOf" in schema:
        return gettext(" ou ").join(_form(each, document) for each in schema["anyOf"] if each.get("type") != "null")
    if "enum" in schema:
        return " · ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return gettext("liste : %(each)s") % {"each": _form(schema.get("items", {}), document)}
    return gettext(_FORMS.get(schema.get("format", ""), _FORMS.get(schema.get("type", ""), marked("objet"))))
