"""The interface of version 1: its routers, its errors, its description (OpenAPI 3.1)."""

from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from ensemblier.api import errors
from ensemblier.api.problems import MEDIA_TYPE
from ensemblier.api.v1 import communes, coverage, directory, hsds, orientation, relays, rules
from ensemblier.api.v1.words import SHAPES, in_words

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Une phrase : quoi, où, que faire."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
FAILURES = {
    "400": "Demande illisible",
    "403": "Réservé à qui en a le rôle",
    "404": "Introuvable",
    "405": "Méthode non acceptée",
    "409": "Refusé par une règle",
    "413": "Trop long",
    "422": "Champs à corriger",
    "429": "Trop de demandes",
    "503": "Base ou source injoignable",
}


class Readable(JSONRenderer):
    """JSON in UTF-8, accents as they are written; what JSON cannot write (NaN) is a fault, never sent."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False, "allow_nan": False}


class Interface(NinjaAPI):
    """NinjaAPI whose description also tells how it refuses."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description in the language of the request: shapes, operations, and how each refuses."""
        schema = self.french_schema(path_prefix=path_prefix, path_params=path_params)
        return cast(OpenAPISchema, in_words(schema, gettext))

    def french_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The description as it is written, with the problem responses on each operation."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        shapes = schema["components"]["schemas"]
        shapes["Problem"] = PROBLEM_SCHEMA
        for name, words in SHAPES.items():
            if name in shapes:
                shapes[name] = shapes[name] | {"description": words}
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        refusals = {code: {"description": text, "content": content} for code, text in FAILURES.items()}
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"] = operation["responses"] | refusals
        return dict(schema)


api = Interface(
    title="Ensemblier",
    version="1.0.0",
    urls_namespace="api:api-v1",
    docs_url=None,
    renderer=Readable(),
    description=(
        "Annuaire, orientation expliquée et couverture du conseil en évolution professionnelle. "
        "Lecture libre, sans compte ; rien de ce qui est envoyé à l'orientation n'est gardé. Les relais (FHIR R4B) "
        "demandent une session de conseiller, et ne montrent que ce que sa page montre."
    ),
    openapi_extra={"info": {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}},
)
errors.register(api)
api.add_router("/communes", communes.router)
api.add_router("/orientation", orientation.router)
api.add_router("", directory.router)
api.add_router("/coverage", coverage.router)
api.add_router("/rules", rules.router)
api.add_router("/hsds", hsds.router)
api.add_router("/relays", relays.router)
