"""Runs the search of communes (places.sql)."""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from ensemblier.territory.core.naming import SearchTerms

_PLACES = (Path(__file__).parent / "places.sql").read_text()


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the search."""

    code: str
    name: str
    postcodes: list[str]
    departement_code: str
    departement_name: str
    matched: str


def places(terms: SearchTerms, *, limit: int) -> list[Place]:
    """The communes that answer best, in order: one call of the SQL function."""
    with connection.cursor() as cursor:
        cursor.execute(
            _PLACES,
            {
                "name": terms.name,
                "departement": terms.departement,
                "postcode": terms.postcode,
                "code": terms.commune_code,
                "prefix": terms.postcode_prefix,
                "limit": limit,
            },
        )
        return [Place(*row) for row in cursor.fetchall()]
