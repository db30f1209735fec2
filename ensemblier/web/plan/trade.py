"""What is known of a trade around the person, beside her plan."""

from django.http import HttpRequest, HttpResponse

from ensemblier.journey.queries.training_info import read_around
from ensemblier.web.places.figures import figure_rows, missing_lines
from ensemblier.web.plan.side import Side, now, today


def trade(request: HttpRequest, side: Side) -> HttpResponse:
    """Figures of the place with their source and date; what is missing is said."""
    found = read_around(side.file, by=side.by, at=now(), on=today())
    context = {
        "found": found,
        "rows": figure_rows(found.profile) if found.profile else [],
        "reference": found.profile.reference_name if found.profile else "",
        "missing": missing_lines(found.profile) if found.profile else [],
    }
    return side.show(request, "plan/trade.html", context, tab="plan")
