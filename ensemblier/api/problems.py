"""Errors of the interface as problem details (RFC 9457): one shape for every refusal, from a wrong word to a bug."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext

from ensemblier.kernel.words import marked

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal: `status` of HTTP, `detail` a sentence in the language that was asked for."""

    status: HTTPStatus
    detail: str
    kind: str = "about:blank"
    errors: tuple[dict[str, str], ...] = ()
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The members of RFC 9457, with `errors` when fields are concerned."""
        members: dict[str, Any] = {
            "type": self.kind,
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
        }
        return members | ({"errors": list(self.errors)} if self.errors else {})

    def response(self) -> HttpResponse:
        """The HTTP response, never cached."""
        response = HttpResponse(
            json.dumps(self.body(), ensure_ascii=False), status=int(self.status), content_type=MEDIA_TYPE
        )
        response["Cache-Control"] = "no-store"
        for name, value in self.headers.items():
            response[name] = value
        return response


SENTENCES: dict[int, str] = {
    400: marked("La demande ne peut pas être lue."),
    403: marked("Cette demande n'est pas autorisée."),
    404: marked("Cette adresse n'existe pas. La liste des adresses est sur /api/v1/docs."),
    405: marked("Cette adresse n'accepte pas cette méthode ; l'en-tête « Allow » dit lesquelles."),
    413: marked("La demande est trop longue (2,5 Mo au plus)."),
    429: marked("Trop de demandes en une minute ; l'en-tête « Retry-After » dit combien de secondes attendre."),
    500: marked("Une erreur inattendue s'est produite de notre côté ; elle est consignée."),
    503: marked("La base de données ou une source extérieure ne répond pas ; réessayez dans un instant."),
}


def of_status(status: int, headers: dict[str, str] | None = None) -> Problem:
    """The problem of a bare status, with its ordinary sentence."""
    known = HTTPStatus(status)
    sentence = gettext(SENTENCES[status]) if status in SENTENCES else known.description or known.phrase
    return Problem(known, sentence, headers=headers or {})
