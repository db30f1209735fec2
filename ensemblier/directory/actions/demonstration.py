"""Load and remove the demonstration territory: fictitious structures on real communes, said to be fictitious."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import ProtectedError, Q

from ensemblier.directory.adapters import demonstration as written
from ensemblier.directory.core.demonstration.identifiers import uid_of
from ensemblier.directory.core.exchange.states import PairKind
from ensemblier.directory.core.hours import open_days, parse_hours
from ensemblier.directory.core.permanence import parse_rrule
from ensemblier.directory.core.states import PositionKind
from ensemblier.directory.core.text import clean_phone
from ensemblier.directory.models import (
    Contact,
    ContactAbsence,
    DuplicatePair,
    HoursException,
    Merge,
    Network,
    NetworkMembership,
    Offer,
    Organisation,
    Permanence,
    RegionalDesk,
    ServedCommune,
    Site,
    Source,
    Sourced,
    Suggestion,
)
from ensemblier.directory.queries.demonstration import OTHER_SOURCE_CODE, SOURCE_CODE, SOURCE_CODES
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.territory.models import Commune

_Row = TypeVar("_Row", bound=Sourced)


@dataclass(frozen=True, slots=True)
class DemonstrationReport:
    """How many rows of each kind stand in the directory after the action (or were removed by it)."""

    organisations: int
    sites: int
    offers: int
    permanences: int
    contacts: int


@transaction.atomic
def load_demonstration(*, today: date, actor: Actor = SYSTEM) -> DemonstrationReport:
    """Writes the demonstration, or brings it back to what the files say; twice changes nothing more.

    Review dates and absences are counted from `today`, so that the demonstration does not grow old. Raises NotFound
    when the communes or the networks are not there yet.
    """
    sections = written.read()
    _check_communes(sections)
    loader = _Loader(today)
    for row in sections["organisations"]:
        loader.organisation(row)
    for row in sections["sites"]:
        loader.site(row)
    loader.exceptions(sections["exceptions"])
    for row in sections["offers"]:
        loader.offer(row)
    for row in sections["permanences"]:
        loader.permanence(row)
    for row in sections["contacts"]:
        loader.contact(row)
    loader.absences(sections["contacts"])
    for row in sections["suggestions"]:
        loader.suggestion(row)
    loader.desk(sections["desk"])
    report = _count()
    _audit(actor, "load", report)
    return report


@transaction.atomic
def remove_demonstration(*, actor: Actor = SYSTEM) -> DemonstrationReport:
    """Takes every row of the demonstration away; what is real stays.

    Raises RuleViolated when something real leans on it (an account, a permanence of a real structure…).
    """
    report = _count()
    _forget_pairs()
    try:
        Suggestion.objects.filter(organisation__source__code__in=SOURCE_CODES).delete()
        for table in (Permanence, Contact, Offer, Site, Organisation):
            table._default_manager.filter(source__code__in=SOURCE_CODES).delete()
    except ProtectedError as error:
        kinds = sorted({str(row._meta.verbose_name_plural) for row in error.protected_objects})
        raise RuleViolated(
            "Des données réelles s'appuient sur la démonstration (%(names)s). Rattachez-les à une autre "
            "structure, puis recommencez.",
            values={"names": ", ".join(kinds)},
        ) from error
    RegionalDesk.objects.filter(is_fictitious=True).delete()
    _audit(actor, "remove", report)
    return report


def _forget_pairs() -> None:
    """Pairs of duplicates of the demonstration, and what was merged of them."""
    for kind, table in ((PairKind.SITE, Site), (PairKind.ORGANISATION, Organisation)):
        ids = table._default_manager.filter(source__code__in=SOURCE_CODES).order_by().values("id")
        pairs = DuplicatePair.objects.filter(Q(left_id__in=ids) | Q(right_id__in=ids), kind=kind.value)
        Merge.objects.filter(pair__in=pairs).delete()
        pairs.delete()


def _audit(actor: Actor, verb: str, report: DemonstrationReport) -> None:
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="directory.demonstration",
        row_id=SOURCE_CODE,
        verb=verb,
        changes={"organisations": report.organisations, "sites": report.sites, "offers": report.offers},
    )


def _count() -> DemonstrationReport:
    tables: tuple[type[Sourced], ...] = (Organisation, Site, Offer, Permanence, Contact)
    return DemonstrationReport(*(t._default_manager.filter(source__code__in=SOURCE_CODES).count() for t in tables))


def _check_communes(sections: dict[str, Any]) -> None:
    needed = {row["commune"] for row in sections["sites"]}
    known = set(Commune.objects.filter(code__in=needed).values_list("code", flat=True))
    if missing := sorted(needed - known):
        raise NotFound(
            "La démonstration a besoin des communes (%(names)s manquent). Chargez-les d'abord : `ensemblier "
            "territory load`, ou `make run` qui fait tout.",
            values={"names": ", ".join(missing)},
        )


class _Loader:
    """One loading: the source, the day, and the rows already written, by key."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.source = self._source(SOURCE_CODE, "Démonstration (données fictives)")
        self.other_source = self._source(OTHER_SOURCE_CODE, "Autre source de démonstration (données fictives)")
        self.organisations: dict[str, Organisation] = {}
        self.sites: dict[str, Site] = {}
        self.contacts: dict[str, Contact] = {}

    @staticmethod
    def _source(code: str, name: str) -> Source:
        values = {"name": name, "is_fictitious": True, "publisher": "Ensemblier"}
        return Source.objects.update_or_create(code=code, defaults=values)[0]

    def _source_of(self, row: dict[str, Any]) -> Source:
        """The duplicate of the demonstration comes from another source than its original."""
        return self.other_source if row.get("source") == "other" else self.source

    def _put(self, table: type[_Row], key: str, reviewed: int | None, values: dict[str, Any]) -> _Row:
        """The row of `table` under its stable identifier, with what every fictitious row carries."""
        reviewed_on = None if reviewed is None else self.today - timedelta(days=reviewed)
        common = {"source": self.source, "is_fictitious": True, "reviewed_on": reviewed_on}
        row, _ = table._default_manager.update_or_create(
            uid=uid_of(table._meta.model_name or "", key), defaults=common | values
        )
        return row

    def organisation(self, row: dict[str, Any]) -> None:
        """The structure, its networks and the communes it serves."""
        values = {"source": self._source_of(row), "phone": clean_phone(row["phone"])}
        values |= {name: row[name] for name in ("name", "description")}
        found = self._put(Organisation, row["key"], 30, values)
        self.organisations[row["key"]] = found
        for code in row["networks"]:
            network = Network.objects.filter(code=code).first()
            if network is None:
                raise NotFound(
                    "Le réseau « %(code)s » n'est pas dans la base : lancez `make run`, qui la met à jour.",
                    values={"code": code},
                )
            NetworkMembership.objects.get_or_create(
                organisation=found, network=network, defaults={"source": self.source}
            )
        self._serve(found, row["serves"])

    def _serve(self, found: Organisation, serves: dict[str, list[str]]) -> None:
        communes = Commune.objects.filter(departement__code__in=serves.get("departements", ()))
        codes = {*communes.values_list("code", flat=True), *serves.get("communes", ())}
        ServedCommune.objects.filter(organisation=found).delete()
        ServedCommune.objects.bulk_create(
            ServedCommune(organisation=found, commune_id=code, source=self.source) for code in sorted(codes)
        )

    def site(self, row: dict[str, Any]) -> None:
        """The place with its hours; a wrong line of the files stops everything (nothing is stored by halves)."""
        hours = parse_hours(row["hours"]) if row.get("hours") else ""
        values = {
            "source": self._source_of(row),
            "organisation": self.organisations[row["organisation"]],
            "commune_id": row["commune"],
            "position": PositionKind.EXACT.value,
            "phone": clean_phone(row["phone"]),
            "hours_osm": hours,
            "open_days": open_days(hours),
            "by_appointment": row.get("by_appointment"),
            "accessibility": row.get("accessibility", ""),
            "description": "Lieu fictif de démonstration.",
            "first_appointment_days": row.get("delay"),
            "first_appointment_on": self.today - timedelta(days=7) if row.get("delay") else None,
        } | {name: row[name] for name in ("name", "address", "postcode", "city", "lat", "lon")}
        self.sites[row["key"]] = self._put(Site, row["key"], row["reviewed"], values)

    def exceptions(self, rows: list[dict[str, Any]]) -> None:
        """Exceptional days of the places of the demonstration, written anew."""
        HoursException.objects.filter(site__in=self.sites.values()).delete()
        HoursException.objects.bulk_create(
            HoursException(
                site=self.sites[row["site"]],
                first_day=date.fromisoformat(row["first_day"]),
                last_day=date.fromisoformat(row["last_day"]),
                hours_osm=row["hours"],
                reason=row["reason"],
            )
            for row in rows
        )

    def offer(self, row: dict[str, Any]) -> None:
        """What is proposed there; the CEP is free by law."""
        lists = ("publics", "needs", "modes", "mobilisation", "mobilisable_by", "languages")
        is_cep = row.get("cep", False)
        values = {
            "organisation": self.organisations[row["organisation"]],
            "site": self.sites.get(row.get("site", "")),
            "name": row["name"],
            "kind": row["kind"],
            "is_cep": is_cep,
            "fee": row.get("fee", "gratuit" if is_cep else ""),
            "fee_note": row.get("fee_note", ""),
            "conditions": row.get("conditions", ""),
            "accessibility": row.get("accessibility", ""),
            "eligibility_zones": row.get("zones", []),
            "description": "Offre fictive de démonstration.",
        } | {name: row.get(name, []) for name in lists}
        self._put(Offer, row["key"], 60, values)

    def permanence(self, row: dict[str, Any]) -> None:
        """Who receives where, on which half-day; a published one must have an hour."""
        first_day = date.fromisoformat(row["first_day"])
        values = {
            "holder": self.organisations[row["holder"]],
            "site": self.sites[row["site"]],
            "proposed_by": self.organisations.get(row.get("proposed_by", "")),
            "rrule": parse_rrule(row["rrule"], first_day),
            "first_day": first_day,
            "starts_at": time.fromisoformat(row["starts_at"]) if "starts_at" in row else None,
            "ends_at": time.fromisoformat(row["ends_at"]) if "ends_at" in row else None,
            "season": row.get("season", "all_year"),
            "capacity": row.get("capacity"),
            "note": row.get("note", ""),
        } | {name: row[name] for name in ("half_day", "on_appointment", "state")}
        self._put(Permanence, row["key"], 30, values)

    def contact(self, row: dict[str, Any]) -> None:
        """A named interlocutor, who exists no more than the structure."""
        values = {
            "organisation": self.organisations[row["organisation"]],
            "site": self.sites[row["site"]],
            "phone": clean_phone(row["phone"]),
            "availability": row.get("availability", ""),
            "is_published": row.get("published", False),
        } | {name: row[name] for name in ("name", "role", "subjects", "email", "preference")}
        self.contacts[row["key"]] = self._put(Contact, row["key"], 30, values)

    def absences(self, rows: list[dict[str, Any]]) -> None:
        """Who is away around the day of the loading, and who stands in."""
        ContactAbsence.objects.filter(contact__in=self.contacts.values()).delete()
        for row in rows:
            if "absence" in row:
                first, last = (self.today + timedelta(days=offset) for offset in row["absence"])
                ContactAbsence.objects.create(
                    contact=self.contacts[row["key"]],
                    first_day=first,
                    last_day=last,
                    replacement=self.contacts.get(row.get("replacement", "")),
                )

    def suggestion(self, row: dict[str, Any]) -> None:
        """A correction that waits for its owner."""
        site = self.sites[row["site"]]
        Suggestion.objects.update_or_create(
            uid=uid_of("suggestion", row["key"]),
            defaults={
                "organisation": self.organisations[row["organisation"]],
                "table": "site",
                "row_uid": site.uid,
                "row_label": site.name,
                "field": row["field"],
                "current_value": getattr(site, row["field"]),
                "proposed_value": row["proposed"],
                "message": row["message"],
                "author_label": row["author"],
                "author_email": row["email"],
            },
        )

    def desk(self, row: dict[str, Any]) -> None:
        """The regional number of the demonstration; a real one, imported later, goes before it."""
        RegionalDesk.objects.update_or_create(
            region_code=row["region_code"],
            is_fictitious=True,
            defaults={
                "name": row["name"],
                "phone": clean_phone(row["phone"]),
                "portal_url": row["portal_url"],
                "source_name": row["source_name"],
            },
        )
