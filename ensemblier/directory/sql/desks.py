"""Reads the desk of a region: on every answer, hence without the cost of building the question anew."""

from datetime import date

from ensemblier.directory.core.views import RegionalDesk
from ensemblier.kernel.orm.sql import answers

_DESK = """
select name, phone, portal_url, source_name, is_fictitious from public.directory_regionaldesk
where region_code = %(region)s::text
  and (valid_from is null or valid_from <= %(on)s::date) and (valid_to is null or valid_to > %(on)s::date)
order by is_fictitious, valid_from desc, id desc limit 1
"""


def desk_of(region_code: str, *, on: date) -> RegionalDesk | None:
    """The desk that holds on the day, a real one before a demonstration one: one query."""
    rows = answers(_DESK, {"region": region_code, "on": on})
    return RegionalDesk(*rows[0]) if rows else None
