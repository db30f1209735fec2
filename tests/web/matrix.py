"""The ground of the access matrix: one row of each kind, and a client for each person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.accounts.queries.members import actor_for
from ensemblier.directory.actions.callbacks import CallbackDraft, ask_callback
from ensemblier.directory.actions.duplicates.pairs import merge_pair
from ensemblier.directory.actions.moderation import SuggestionDraft, suggest_correction
from ensemblier.directory.models import DuplicatePair, ImportRun, InterventionPerimeter, Site
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.needs import add_need
from ensemblier.journey.core.needs import NeedDraft, NeedTheme
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.kernel.actor import ANONYMOUS, SYSTEM, Actor
from tests.factories.accounts import make_member, make_user
from tests.factories.animation import make_pages
from tests.factories.directory import make_organisation, make_permanence, make_site, make_source
from tests.factories.journey import MONDAY
from tests.factories.library import make_resource
from tests.factories.plan import make_neighbours
from tests.factories.relays import make_relays
from tests.factories.routing import make_agreement, make_cell, make_perimeter
from tests.web.world import World, make_world

PEOPLE = ("awa", "denis", "chloé", "bruno", "léa")
HIDDEN = ("Nadia Martin", "+33492000001", "04 92 00 00 01", "0492000001")
"""What is only for professionals who act for somebody: the interlocutor who did not publish herself."""


def take_back(point: str) -> None:
    """Undo everything since a savepoint, and the savepoint too: one left behind stands around every request after it,
    and after some thousands the server has no room for their locks."""
    transaction.savepoint_rollback(point)
    transaction.savepoint_commit(point)


@dataclass(frozen=True)
class Ground:
    """All rows are the Mission locale's. Bruno keeps them, Chloé advises elsewhere, Léa coordinates elsewhere."""

    users: Mapping[str, User | None]
    acting_for: Mapping[str, str]
    names: Mapping[str, str]
    sessions: dict[str, str] = field(default_factory=dict)

    def client(self, person: str, *, csrf: bool = False) -> Client:
        """The browser of a person, signed in once; `csrf`: forms are checked as in production."""
        client = Client(enforce_csrf_checks=csrf)
        user = self.users[person]
        if user is not None and person not in self.sessions:
            client.force_login(user)
            self.sessions[person] = client.cookies[settings.SESSION_COOKIE_NAME].value
        if user is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[person]
        return client

    def ask(self, person: str, method: str, route: "Route", *, csrf: bool = False) -> HttpResponseBase:
        """What the route answers to a person; whatever it wrote is taken back."""
        client = self.client(person, csrf=csrf)
        words = {**self.names, "acting": self.acting_for[person]}
        path = "/" + route.address.format(**words)
        point = transaction.savepoint()
        try:
            if method == "GET":
                return client.get(path)
            if route.json:
                return client.post(path, route.json, content_type="application/json")
            sent = dict(pair.split("=", 1) for pair in route.body.format(**words).split("&") if pair)
            return client.post(path, {"acting_for": words["acting"]} | sent)
        finally:
            take_back(point)


@dataclass(frozen=True)
class Route:
    """One line of the table: an address with its rows named in braces, what is posted, and who gets what.

    `get` and `post`: the answers to Awa, Denis, Chloé, Bruno, Léa – one word when all have the same.
    A status, "in" for the sign-in page, "go" for any other redirection.
    """

    address: str
    get: str
    post: str
    body: str = ""
    json: Any = None

    def expected(self, method: str) -> dict[str, str]:
        """Person → answer."""
        words = (self.get if method == "GET" else self.post).split()
        return dict(zip(PEOPLE, words * len(PEOPLE) if len(words) == 1 else words, strict=len(words) != 1))


def word_of(response: HttpResponseBase) -> str:
    """The word of the table for a response."""
    if 300 <= response.status_code < 400:
        return "in" if response["Location"].startswith(("/connexion/", "/mon-espace/connexion/")) else "go"
    return str(response.status_code)


def routes_of(patterns: Iterable[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address that the application answers, resolvers opened."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from routes_of(entry.url_patterns, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


def all_routes() -> dict[str, URLPattern]:
    """Every route of the application."""
    return dict(routes_of(get_resolver().url_patterns))


def make_ground() -> Ground:
    """The rows, in a transaction of the test."""
    world = make_world()
    cell = make_organisation("Cellule d'animation")
    lea = make_user("Léa")
    make_member(lea, cell, Role.COORDINATOR)
    make_cell(cell)
    users = {"awa": None, "denis": world.denis, "chloé": world.chloe, "bruno": world.bruno, "léa": lea}
    acting = {"awa": "", "denis": "", "chloé": world.travail.pk, "bruno": world.mission.pk, "léa": cell.pk}
    by = actor_for(lea.pk, cell.uid, on=MONDAY.date(), label="Léa")
    names = _names(world) | {f"animation_{name}": str(uid) for name, uid in make_pages(by).items()}
    return Ground(users, {name: str(pk) for name, pk in acting.items()}, names)


def _names(world: World) -> dict[str, str]:
    draft = make_permanence(world.mission, world.site, state="draft", proposed_by=world.travail)
    correction = SuggestionDraft("site", world.site.uid, "phone", "04 92 00 00 99")
    callback = CallbackDraft("04 92 53 00 00", organisation_uid=world.mission.uid)
    run = ImportRun.objects.create(source=make_source(), format="csv", file_name="a.csv", sha256="0" * 64)
    pair, merged = _pair(world.site, "Antenne"), _pair(make_site(world.mission, name="Annexe"), "Autre annexe")
    found = {
        "site": world.site.uid,
        "organisation": world.mission.uid,
        "other": world.travail.uid,
        "offer": world.site.offers.get().uid,
        "contact": world.contact.uid,
        "site_version": world.site.version,
        "perimeter": InterventionPerimeter.objects.create(organisation=world.mission, perimeter=make_perimeter()).uid,
        "permanence": draft.uid,
        "permanence_version": draft.version,
        "suggestion": suggest_correction(correction, actor=ANONYMOUS),
        "callback": ask_callback(callback, on=date(2026, 11, 22)),
        "run": run.pk,
        "pair": pair.pk,
        "merge": merge_pair(pair_id=merged.pk, kept_id=merged.left_id, actor=SYSTEM),
        "file": (awa := open_file(PersonDraft("Awa"), request="", by=_chloe(world), at=MONDAY).person).uid,
        "need": add_need(awa.uid, NeedDraft(NeedTheme.HOUSING), by=_chloe(world), at=MONDAY),
        **make_neighbours(awa, _chloe(world)),
        **make_relays(awa, _chloe(world)),
        "agreement": make_agreement([world.mission, world.travail], signed=False),
        "resource": make_resource(world.mission, identifier="fiche-1").uid,
        "members_only": make_resource(world.mission, "Grille interne", audience="members").uid,
    }
    return {name: str(value) for name, value in found.items()}


def _chloe(world: World) -> Actor:
    return actor_for(world.chloe.pk, world.travail.uid, on=MONDAY.date(), label="Chloé")


def _pair(site: Site, name: str) -> DuplicatePair:
    """A pair of a site of the Mission locale and of somebody else's."""
    twin = make_site(make_organisation(f"{name} d'une autre structure", network="france-travail"), name=name)
    left, right = sorted((site.pk, twin.pk))
    return DuplicatePair.objects.create(kind="site", left_id=left, right_id=right, score=0.9, evidence=[])
