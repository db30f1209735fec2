"""Resources of the library, as an organisation deposits them."""

from datetime import date
from typing import Any

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.library.actions.resources import deposit_resource
from ensemblier.library.core.kinds import Audience, ResourceKind
from ensemblier.library.core.notices import Notice
from ensemblier.library.models import Resource

TODAY = date(2026, 11, 22)


def depositor(organisation: Organisation | None) -> Actor:
    """Somebody who deposits for this organisation; None: the platform itself."""
    if organisation is None:
        return SYSTEM
    return Actor(user_id=None, organisation_id=organisation.pk, roles=frozenset({Role.ADVISER.value}), label="Nadia")


def make_resource(holder: Organisation | None = None, title: str = "Fiche pratique", **values: Any) -> Resource:
    """A resource that can be searched; `audience` and `kind` as their words."""
    typed = {
        **values,
        "audience": Audience(values.get("audience", "public")),
        "kind": ResourceKind(values.get("kind", "sheet")),
    }
    uid = deposit_resource(Notice(title=title, **typed), actor=depositor(holder), on=TODAY)
    return Resource.objects.get(uid=uid)
