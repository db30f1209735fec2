"""The rules of orientation as open data: dated, cited, in plain French and English."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from ensemblier.api.v1.days import AnyDay, today
from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.rules import Outcome
from ensemblier.routing.queries.rules import RuleBook, rule_book

router = Router(tags=["règles"])


class TextOut(Schema):
    """A text of law, in the version that held."""

    id: str
    citation: str
    url: str


class RuleOut(Schema):
    """One rule. It holds from `valid_from` (included) to `valid_to` (excluded); null: without limit."""

    id: str
    valid_from: date | None
    valid_to: date | None
    condition: Any = Field(description="La condition telle qu'elle est écrite ; voir docs/algorithms.")
    outcome: Outcome
    operators: list[Operator]
    plain_fr: str
    plain_en: str
    texts: list[TextOut]


class RulesOut(Schema):
    """`digest` changes with any comma of the rules."""

    digest: str
    rules: list[RuleOut]


@router.get("", response=RulesOut, summary="Règles d'orientation", operation_id="listRules")
def rules(request: HttpRequest, on: AnyDay = None) -> RuleBook:
    """Les règles que l'orientation applique, avec leurs dates et leurs textes. Licence Ouverte 2.0."""
    return rule_book(read_on=on or today(), in_force_on=on)
