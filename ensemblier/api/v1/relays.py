"""Relays as FHIR R4B for the systems of the two structures: what their adviser sees, and never more."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router
from ninja.security import HttpBearer

from ensemblier.accounts.actions.tokens import bearer_of
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.sessions import ACTING_AS
from ensemblier.accounts.core.tokens import Bearer, TokenScope
from ensemblier.accounts.queries.members import actor_for
from ensemblier.api.v1.days import today
from ensemblier.journey.core.fhir import bundle_of, row_task_of, service_request_of, state_task_of, task_of
from ensemblier.journey.queries.inbox import inbox
from ensemblier.journey.queries.relay_states import states_for_system
from ensemblier.journey.queries.relays import relay_page
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed

router = Router(tags=["relais"])
MEDIA_TYPE = "application/fhir+json"


class SystemToken(HttpBearer):
    """`Authorization: Bearer ens_…`: the token of an organisation's system. Without one, the session says who asks."""

    def __call__(self, request: HttpRequest) -> Any:
        """The bearer when a token is shown; True to let the operation look at the session."""
        return super().__call__(request) if request.headers.get("Authorization") else True

    def authenticate(self, request: HttpRequest, token: str) -> Bearer:  # noqa: ARG002 - Ninja's signature
        """Raises NotAllowed, one same sentence whatever is wrong with the token."""
        return bearer_of(token, at=timezone.now())


@router.get("", summary="Relais de la structure (FHIR R4B)", operation_id="listRelays", auth=SystemToken())
def relays(request: HttpRequest) -> HttpResponse:
    """Les relais ouverts, un `Task` par relais : états et échéances, aucun nom.

    Avec un jeton de la structure (`Authorization: Bearer ens_…`, fait sur la page « Systèmes »), ceux de toute la
    structure, et ceux qui ont fini depuis moins d'un mois ; sans jeton, ceux de la session du conseiller.
    """
    bearer = request.auth  # type: ignore[attr-defined]
    if isinstance(bearer, Bearer):
        if TokenScope.RELAY_STATES not in bearer.scopes:
            raise NotAllowed("Ce jeton n’ouvre pas les états des relais.")
        rows = states_for_system(bearer.organisation_id, bearer.token_uid, at=timezone.now())
        return _fhir(bundle_of([state_task_of(row) for row in rows], "searchset"))
    box = inbox(actor=_actor(request), at=timezone.now())
    shown = (*box.mine, *box.unclaimed, *box.held, *box.answers, *box.sent)
    return _fhir(bundle_of([row_task_of(row) for row in shown], "searchset"))


@router.get("/{uid}", summary="Un relais (FHIR R4B)", operation_id="readRelay")
def relay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Un `Task` et son `ServiceRequest`. Le nom n'y est qu'une fois le relais pris en main, par qui l'a pris."""
    shown = relay_page(uid, by=_actor(request), at=timezone.now())
    return _fhir(bundle_of([task_of(shown), service_request_of(shown)]))


def _actor(request: HttpRequest) -> Actor:
    """The adviser of the session. Raises NotAllowed for anybody else, before anything is looked for."""
    user = request.user
    if user.is_authenticated:
        actor = actor_for(user.pk, request.session.get(ACTING_AS), on=today(), label=str(user))
        if Role.ADVISER in actor.roles:
            return actor
    raise NotAllowed("Connectez-vous comme conseiller de votre structure pour lire ses relais.")


def _fhir(resource: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(resource, status=HTTPStatus.OK, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = MEDIA_TYPE
    response["Cache-Control"] = "no-store"
    return response
