"""A seeded directory on the real communes: structures where people live, offers with publics, needs and hours."""

import random
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models
from psycopg import sql

from ensemblier.directory.core.hours import open_days
from ensemblier.directory.core.networks import NETWORKS
from ensemblier.directory.models import NetworkMembership, Offer, Organisation, Site, Source
from ensemblier.territory.models import Commune

SEED = 20261122
HOURS = (
    ("Mo-Fr 09:00-12:00,14:00-17:00", 70),
    ("Tu-Fr 09:00-12:00", 12),
    ("Mo,Th 09:00-17:00", 8),
    ("Mo-Sa 09:00-12:00", 6),
    ("", 4),
)
PUBLICS = (
    "demandeurs-emploi",
    "jeunes",
    "actifs",
    "personnes-en-situation-de-handicap",
    "salaries",
    "cadres",
    "seniors",
)
NEEDS = ("trouver-un-emploi", "choisir-un-metier", "se-former", "mobilite", "numerique", "logement", "sante", "gerer")
NOBODY = "personne"
"""A public that no offer names: the rare filter."""
_NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def generate(offers: int) -> None:
    """Replace the directory by `offers` offers on 0.3 times as many structures, the same at each run."""
    draw = random.Random(SEED)
    with connection.cursor() as cursor:
        cursor.execute(
            "truncate directory_organisation, directory_site, directory_offer, directory_networkmembership cascade"
        )
    source, _ = Source.objects.get_or_create(code="bench", defaults={"name": "Générateur"})
    structures = max(1, offers * 3 // 10)
    places = _places(draw, structures)
    roles = [n.code for n in NETWORKS if n.operator]
    copy_rows(Organisation, _organisations(structures, source.pk))
    copy_rows(Site, _sites(draw, places, source.pk))
    copy_rows(NetworkMembership, _memberships(draw, structures, roles))
    copy_rows(Offer, _offers(draw, offers, structures, source.pk))
    with connection.cursor() as cursor:
        for name in ("organisation", "site", "offer"):
            cursor.execute(f"select setval('directory_{name}_id_seq', (select max(id) from directory_{name}))")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            "vacuum analyze directory_organisation, directory_site, directory_offer, directory_networkmembership"
        )


def _places(draw: random.Random, count: int) -> list[tuple[str, str, str, float, float]]:
    """(commune, name, postcode, lat, lon): communes weighted by population, a few kilometres around their point."""
    rows = Commune.objects.filter(parent=None, lat__isnull=False).order_by("code")
    known = list(rows.values_list("code", "name", "postcodes", "lat", "lon", "population"))
    chosen = draw.choices(known, weights=[(row[5] or 0) + 50 for row in known], k=count)
    return [
        (code, name, codes[0] if codes else "", (lat or 0.0) + draw.gauss(0, 0.02), (lon or 0.0) + draw.gauss(0, 0.025))
        for code, name, codes, lat, lon, _ in chosen
    ]


def _uid(draw: random.Random) -> uuid.UUID:
    return uuid.UUID(int=draw.getrandbits(128), version=4)


def _organisations(count: int, source: int) -> Iterator[dict[str, Any]]:
    draw = random.Random(SEED + 1)
    for i in range(1, count + 1):
        yield {"id": i, "uid": _uid(draw), "name": f"Structure {i}", "source_id": source}


def _sites(
    draw: random.Random, places: list[tuple[str, str, str, float, float]], source: int
) -> Iterator[dict[str, Any]]:
    hours, weights = [text for text, _ in HOURS], [weight for _, weight in HOURS]
    masks = {text: open_days(text) if text else None for text in hours}
    for i, (code, name, postcode, lat, lon) in enumerate(places, start=1):
        text = draw.choices(hours, weights)[0]
        yield {
            "id": i, "uid": _uid(draw), "organisation_id": i, "name": f"Accueil {i}", "commune_id": code, "city": name,
            "postcode": postcode, "address": f"{i % 90 + 1} rue de la Gare", "lat": lat, "lon": lon,
            "position": "exact", "hours_osm": text, "open_days": masks[text], "phone": "+33123456789",
            "source_id": source, "reviewed_on": date(2026, 9, 1),
        }  # fmt: skip


def _memberships(draw: random.Random, structures: int, roles: list[str]) -> Iterator[dict[str, Any]]:
    for i in range(1, structures + 1):
        if draw.random() < 0.08:  # 4,800 counters of operators among 60,000 structures, about what France has
            yield {"organisation_id": i, "network_id": draw.choice(roles)}


def _offers(draw: random.Random, count: int, structures: int, source: int) -> Iterator[dict[str, Any]]:
    for i in range(1, count + 1):
        owner = draw.randint(1, structures)
        is_remote = draw.random() < 0.1
        yield {
            "id": i, "uid": _uid(draw), "organisation_id": owner, "site_id": None if is_remote else owner,
            "name": f"Offre {i}", "kind": "accompagnement", "is_cep": i % 20 == 0, "source_id": source,
            "publics": draw.sample(PUBLICS, k=draw.choice((0, 1, 1, 2, 3))),
            "needs": draw.sample(NEEDS, k=draw.choice((1, 1, 2))),
            "modes": ["a-distance"] if is_remote else ["en-presentiel"],
        }  # fmt: skip


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """COPY rows into a model's table; columns that a row does not name take the model's default."""
    fields = [
        f
        for f in model._meta.concrete_fields
        if not f.generated and (f.attname != "id" or model is not NetworkMembership)
    ]
    defaults = [f.get_default for f in fields]
    dated = [isinstance(f, models.DateTimeField) for f in fields]
    columns = sql.SQL(", ").join(sql.Identifier(str(f.column)) for f in fields)
    command = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(model._meta.db_table), columns)
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(
                [
                    row[f.attname] if f.attname in row else _NOW if is_moment else default()
                    for f, default, is_moment in zip(fields, defaults, dated, strict=True)
                ]
            )
