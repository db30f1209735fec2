"""The socle d'indicateurs: what is counted and how, the file of a month, and when it was sent (R. 6111-5)."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.queries.members import memberships_of
from ensemblier.journey.actions.indicators import export_indicators
from ensemblier.journey.core.disclosure import TwoWays
from ensemblier.journey.queries.indicators import indicators
from ensemblier.kernel.errors import BadInput
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.offline import private
from ensemblier.web.places.pages import today

READERS = frozenset({Role.TEAM_LEAD, Role.ACCOUNT_MANAGER})


@page(reads=False, who=READERS)
def socle(request: HttpRequest) -> HttpResponse:
    """The page; by its button, the file of a month that is over, and its sending noted."""
    actor, refusal = actor_of(request), ""
    if request.method == "POST":
        by = acting(request)
        rows = memberships_of(by.user_id or 0, on=today())
        uid = next(row.organisation_uid for row in rows if row.organisation_id == by.organisation_id)
        try:
            done = export_indicators(uid, _month(request.POST.get("month", "")), at=timezone.now(), by=by)
        except BadInput as refused:
            refusal = sentence(refused)
        else:
            response = HttpResponse(done.content, content_type="text/csv; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="{done.name}"'
            return private(response)
    shown = indicators(actor=actor, on=today())
    context = {
        "indicators": shown,
        "table_rows": _rows(shown.table),
        "refusal": refusal,
        "acting_field": acting_field(actor),
    }
    return private(render(request, "pro/indicators.html", context, status=400 if refusal else 200))


def _rows(table: TwoWays | None) -> list[tuple[str, list[tuple[str, int | None]], int]]:
    """(row, its cells by column, its total), as the template walks them."""
    if table is None:
        return []
    return [
        (row, [(column, table.cells[row, column]) for column in table.columns], table.row_totals[row])
        for row in table.rows
    ]


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        raise BadInput("Choisissez un mois de la liste.", field="month") from None
