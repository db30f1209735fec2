"""Keeps what was answered, with the wording of the rules that answered it."""

from typing import Any
from uuid import UUID

from django.db import transaction

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.routing.adapters.rule_files import rule_texts, shipped_rules
from ensemblier.routing.core.cases import item_of
from ensemblier.routing.core.orientation import Orientation
from ensemblier.routing.models import KeptDecision, PublishedRules

KEPT = ("express", "possible", "other_doors", "unassigned", "missing", "names")


@transaction.atomic
def keep_decision(orientation: Orientation, *, actor: Actor, chosen: Operator | None = None) -> UUID:
    """Keep an answer without the person: doors, rule ids and references, never a fact nor a place.

    `chosen` may be any operator: the person's choice is never an error. Raises NotAllowed without an account: what a
    person asks by themselves is not kept.
    """
    if not actor.is_signed_in:
        raise NotAllowed("Une orientation faite sans compte n’est pas conservée.")
    rules = shipped_rules()
    wording = [{"file": name, "text": text} for name, text in rule_texts()]
    published, _ = PublishedRules.objects.get_or_create(digest=rules.digest, defaults={"wording": wording})
    kept = KeptDecision.objects.create(
        on=orientation.on,
        rules=published,
        organisation_id=actor.organisation_id,
        answer=_without_person(orientation),
        chosen=chosen.value if chosen else "",
    )
    return kept.uid


def _without_person(orientation: Orientation) -> dict[str, Any]:
    item = item_of("", orientation)
    return {key: item[key] for key in KEPT} | {
        "doors": [
            {"operator": d["operator"], "level": d["level"], "rules": [r["rule"] for r in d["because"]]}
            for d in item["doors"]
        ],
        "excluded": [{"operator": e["operator"], "rule": e["rule"], "source": e["source"]} for e in item["excluded"]],
        "doubts": [doubt["rule"] for doubt in item["doubts"]],
    }
