"""Sign and end the data convention of an organisation."""

from datetime import date

from django.db import IntegrityError, transaction

from ensemblier.accounts.actions.members import audit
from ensemblier.accounts.core.conventions import VERSION, Signature
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Convention
from ensemblier.directory.core.text import clean_name
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated


@transaction.atomic
def sign_convention(organisation_id: int, signature: Signature, *, actor: Actor, on: date) -> int:
    """The organisation commits itself from the day it signs; returns the convention's id.

    Raises NotAllowed (only whoever administers its accounts, or the platform), NotFound, BadInput (a name, a capacity,
    a day that is not to come), RuleViolated (one is in force).
    """
    _check_may_sign(actor, organisation_id)
    name = clean_name(signature.signed_by, field="signed_by", limit=200)
    capacity = clean_name(signature.signed_as, field="signed_as", limit=200)
    if signature.signed_on > on:
        raise BadInput("Ce jour n'est pas encore venu : écrivez le jour de la signature.", field="signed_on")
    if not Organisation.objects.filter(pk=organisation_id).exists():
        raise NotFound("Cette structure n'existe pas.")
    try:
        with transaction.atomic():
            row = Convention.objects.create(
                organisation_id=organisation_id, version=VERSION, signed_on=signature.signed_on, signed_by=name,
                signed_as=capacity, valid_from=signature.signed_on, recorded_by_id=actor.user_id,
            )  # fmt: skip
    except IntegrityError:
        raise RuleViolated("Cette structure a déjà une convention en cours.") from None
    audit(actor, "convention", row.pk, "sign_convention", {"version": ["", VERSION]})
    return row.pk


@transaction.atomic
def end_convention(organisation_id: int, *, actor: Actor, on: date) -> None:
    """The convention no longer holds from the day `on`: its professionals lose all files at the next request.

    Raises NotAllowed, NotFound (none in force), RuleViolated (signed that very day: nothing would be left of it).
    """
    _check_may_sign(actor, organisation_id)
    row = Convention.objects.select_for_update().filter(organisation_id=organisation_id, valid_to__isnull=True).first()
    if row is None:
        raise NotFound("Cette structure n'a pas de convention en cours.")
    if row.valid_from is not None and row.valid_from >= on:
        raise RuleViolated("Une convention dure au moins un jour : terminez-la à partir de demain.")
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    audit(actor, "convention", row.pk, "end_convention", {"valid_to": ["", str(on)]})


def _check_may_sign(actor: Actor, organisation_id: int) -> None:
    if actor.roles & {Role.ADMINISTRATOR.value, "system"}:
        return
    if actor.organisation_id != organisation_id or Role.ACCOUNT_MANAGER.value not in actor.roles:
        raise NotAllowed("Seule la personne qui administre les comptes de la structure enregistre sa convention.")
