"""Load and remove the fictitious animation of the demonstration territory, by the gestures of everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from ensemblier.accounts.queries.demonstration import demonstration_actor
from ensemblier.animation.actions.community import answer, ask
from ensemblier.animation.actions.events import announce, publish_event, record_attendance, write_report
from ensemblier.animation.actions.heads import Ground, open_head
from ensemblier.animation.actions.registrations import register
from ensemblier.animation.actions.rows import Move, Place, add_row, move_commitment, take_charge
from ensemblier.animation.actions.shelving import shelve_deliverable, shelve_report
from ensemblier.animation.core.events import PARIS
from ensemblier.animation.core.heads import HeadKind, RowKind
from ensemblier.animation.core.kinds import Progress
from ensemblier.animation.core.seasonal import PUBLIC, SEASONAL, SENTENCE
from ensemblier.animation.models import (
    Answer,
    Cell,
    Commitment,
    ContactReport,
    DeclaredTie,
    Event,
    EventFeed,
    Question,
    Registration,
    SurveyTaken,
)
from ensemblier.animation.queries.keepers import HEADS
from ensemblier.directory.core.demonstration.identifiers import uid_of
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.territory.models import Perimeter
from ensemblier.territory.queries.zones import zone

_ANIMATOR, _HOME = "animation@example.org", "cite-des-metiers"


@transaction.atomic
def load_demonstration_animation(*, now: datetime) -> bool:
    """One cell, one shared problem from the template, events, a group with its commitments, a question; all fictitious.

    The demonstration's organisations and accounts must be there. Days are counted from `now`. False: it was there.
    """
    if Cell.objects.filter(uid=uid_of("cell", "05")).exists():
        return False
    _Loader(now).load()
    return True


@transaction.atomic
def remove_demonstration_animation() -> int:
    """Take away what fictitious organisations keep; returns how many pages and events went."""
    ids = list(Organisation.objects.filter(is_fictitious=True).order_by().values_list("pk", flat=True))
    uids = list(Organisation.objects.filter(is_fictitious=True).order_by().values_list("uid", flat=True))
    count = 0
    for table in (Answer, Question, Commitment, DeclaredTie, ContactReport, SurveyTaken, Registration):
        table._default_manager.filter(organisation_id__in=ids).delete()
    EventFeed.objects.filter(user__is_demonstration=True).delete()
    count += Event.objects.filter(organiser_id__in=ids).delete()[1].get("animation.Event", 0)
    for heads in HEADS.values():
        count += heads._default_manager.filter(holder_id__in=ids).delete()[1].get(heads._meta.label, 0)
    Perimeter.objects.filter(holder_uid__in=uids, purpose__in=["cell", "other"]).delete()
    return count


@dataclass(frozen=True, slots=True)
class _Loader:
    """Writes it in the name of the fictitious coordinator and of fictitious advisers."""

    now: datetime

    def load(self) -> None:
        by = self._actor(_ANIMATOR, _HOME)
        place = zone("departement", "05")
        communes = frozenset(place.communes)
        cell = self._cell(Ground("Hautes-Alpes", communes), by)
        self._problem(Ground(place.name, communes, cell), by)
        group = self._group(Ground(place.name, communes, cell), by)
        self._events(Ground(place.name, communes, cell), group, by)
        self._around(Ground(place.name, communes), by)
        self._question()

    def _actor(self, email: str, organisation: str) -> Actor:
        return demonstration_actor(email, organisation, on=self._day(0))

    def _day(self, days: int) -> date:
        return (self.now + timedelta(days=days)).astimezone(PARIS).date()

    def _row(self, head: HeadKind, uid: UUID, kind: RowKind, by: Actor, /, **values: Any) -> UUID:
        key = uid_of(kind.value, f"{uid} {sorted(values.items(), key=str)}")
        return add_row(head, uid, kind, values, by=by, key=key)

    def _cell(self, ground: Ground, by: Actor) -> UUID:
        uid = open_head(
            HeadKind.CELL, ground,
            {
                "name": "Cellule d’animation des Hautes-Alpes (exemple fictif)", "kind": "cell",
                "mission": "Se connaître, se répartir les publics, tenir ensemble ateliers, forums et outils.",
                "started_on": self._day(-420),
            },
            by=by, at=self.now, key=uid_of("cell", "05"),
        )  # fmt: skip
        for name in ("mission-locale", "france-travail", "cap-emploi", "apec", "operateur-regional"):
            self._row(
                HeadKind.CELL, uid, RowKind.MEMBER, by, organisation=uid_of("organisation", name), since=self._day(-400)
            )
        home = uid_of("organisation", _HOME)
        self._row(
            HeadKind.CELL, uid, RowKind.MEANS, by, organisation=home, kind="staff", words="Un mi-temps de coordination",
            since=self._day(-420),
        )  # fmt: skip
        self._row(
            HeadKind.CELL, uid, RowKind.FUNDING, by, funder="Convention régionale (fictive)", euros=38000,
            since=self._day(-420), until=self._day(120),
            would_stop="Le mi-temps de coordination, donc l’agenda commun et les réunions du groupe.",
        )  # fmt: skip
        return uid

    def _problem(self, ground: Ground, by: Actor) -> None:
        values = {"name": SENTENCE, "public": PUBLIC, "template": SEASONAL, "started_on": self._day(-20)}
        uid = open_head(HeadKind.PROBLEM, ground, values, by=by, at=self.now, key=uid_of("problem", "saisonniers"))
        for name, part in (("guichet-saisonnier", "tient le guichet"), ("operateur-regional", "finance et conseille")):
            self._row(
                HeadKind.PROBLEM, uid, RowKind.PARTNER, by, organisation=uid_of("organisation", name), part=part,
                since=self._day(-20),
            )  # fmt: skip

    def _group(self, ground: Ground, by: Actor) -> UUID:
        uid = open_head(
            HeadKind.GROUP, ground,
            {
                "name": "Ingénierie financière", "started_on": self._day(-90),
                "mandate": "Savoir qui paie quoi, et financer ensemble les formations courtes entre deux saisons.",
            },
            by=by, at=self.now, key=uid_of("group", "finance"),
        )  # fmt: skip
        for name in ("mission-locale", "operateur-regional"):
            self._row(
                HeadKind.GROUP, uid, RowKind.PARTICIPANT, by, organisation=uid_of("organisation", name), role="member",
                since=self._day(-90),
            )  # fmt: skip
        self._row(
            HeadKind.GROUP, uid, RowKind.MINUTES, by, held_on=self._day(-20), agenda="1. Qui paie quoi ? 2. La suite.",
            words="Chacun apporte ses règles écrites. Le tableau commun tiendra sur une page.",
        )  # fmt: skip
        self._row(
            HeadKind.GROUP, uid, RowKind.DECISION, by, decided_on=self._day(-20),
            words="Un seul tableau des financements, relu à chaque réunion.",
        )  # fmt: skip
        made = self._row(
            HeadKind.GROUP, uid, RowKind.DELIVERABLE, by, name="Tableau d’une page : qui finance quoi (exemple fictif)",
            delivered_on=self._day(-8),
        )  # fmt: skip
        shelve_deliverable(made, by=by, on=self._day(0))
        self._commitments(uid, by)
        return uid

    def _commitments(self, uid: UUID, by: Actor) -> None:
        """One going on, taken by Bruno; one done."""
        bruno = self._actor("conseil@example.org", "mission-locale")
        going = self._row(
            HeadKind.GROUP, uid, RowKind.COMMITMENT, by, organisation=uid_of("organisation", "mission-locale"),
            words="Écrire les règles d’aide aux jeunes de moins de 26 ans", due_on=self._day(5),
        )  # fmt: skip
        take_charge(Place(RowKind.COMMITMENT, going), by=bruno)
        done = self._row(
            HeadKind.GROUP, uid, RowKind.COMMITMENT, by, organisation=uid_of("organisation", _HOME),
            words="Préparer le modèle du tableau commun", due_on=self._day(-6),
        )  # fmt: skip
        move = Move(Progress.DONE, "Le modèle est prêt, chacun peut le remplir.")
        move_commitment(Place(RowKind.COMMITMENT, done, 1), move, by=by, on=self._day(-8))

    def _events(self, ground: Ground, group: UUID, by: Actor) -> None:
        """A forum for the public, a workshop with seats, a group meeting; and one that was held."""
        bruno = self._actor("conseil@example.org", "mission-locale")
        chloe = self._actor("relais@example.org", "operateur-regional")
        workshop = self._event(
            "atelier", ground, by, 9, kind="cross_presentation", title="Qui fait quoi dans les Hautes-Alpes ?",
            summary="Chaque opérateur présente son offre en dix minutes, puis deux cas travaillés ensemble (fictifs).",
            capacity=12, place="Cité des métiers, salle du rez-de-chaussée", commune_id="05061",
        )  # fmt: skip
        register(workshop, by=bruno, at=self.now)
        register(workshop, by=chloe, at=self.now)
        self._event(
            "forum", ground, by, 24, kind="public_forum", title="Forum de la saison d’hiver", audience="everybody",
            summary="Employeurs, conseillers et formations au même endroit. Entrée libre (événement fictif).",
            capacity=200, opens_to_all=True, place="Salle des fêtes", commune_id="05046",
            problem=uid_of("problem", "saisonniers"),
        )  # fmt: skip
        self._event(
            "groupe", ground, by, 16, kind="group_meeting", title="Groupe de travail", mode="online", group=group,
            online_url="https://visio.example.org/groupe",
        )  # fmt: skip
        held = self._event(
            "tenu", ground, by, 1, kind="posture_seminar", title="Écouter avant d’orienter",
            summary="Deux heures sur la posture.", capacity=20, place="Cité des métiers", commune_id="05061",
        )  # fmt: skip
        self._hold(held, (bruno, chloe), by)

    def _event(self, name: str, ground: Ground, by: Actor, days: int, **values: Any) -> UUID:
        start = (self.now + timedelta(days=days)).astimezone(PARIS).replace(hour=9, minute=30, second=0, microsecond=0)
        common: Mapping[str, Any] = {
            "audience": "professionals", "mode": "on_site", "starts_at": start, "ends_at": start + timedelta(hours=3),
            "waiting_capacity": 10,
        }  # fmt: skip
        uid = announce(ground, {**common, **values}, by=by, at=self.now, key=uid_of("event", name))
        publish_event(uid, by=by, at=self.now)
        return uid

    def _hold(self, uid: UUID, guests: tuple[Actor, ...], by: Actor) -> None:
        """Held two weeks ago: its registrations are made before it is moved there, for nobody registers in the past."""
        for guest in guests:
            register(uid, by=guest, at=self.now)
        past = self.now - timedelta(days=14)
        Event.objects.filter(uid=uid).update(starts_at=past, ends_at=past + timedelta(hours=2))
        present = list(Registration.objects.filter(event__uid=uid).order_by("pk").values_list("uid", flat=True))
        record_attendance(uid, present, by=by, at=self.now)
        version = Event.objects.get(uid=uid).version
        words = "Huit cas partagés. On garde une phrase : « laisser finir »."
        write_report(uid, words, by=by, at=self.now, version=version)
        shelve_report(uid, by=by, on=self._day(0))

    def _around(self, ground: Ground, by: Actor) -> None:
        """A turn of the timeline, who decides, a course."""
        turn = {
            "name": "Ouverture de la cellule d’animation (exemple fictif)", "kind": "cell_opened", "precision": "month",
            "happened_on": self._day(-420), "source": "Compte rendu fictif de la démonstration",
        }  # fmt: skip
        decider = {
            "subject": "Financement d’un projet de transition professionnelle", "words": "Commission de chaque mois.",
            "organisation": uid_of("organisation", "transitions-pro"), "source": "Démonstration, structure fictive",
        }  # fmt: skip
        course = {"name": "Conduire un entretien à distance", "provider": "Carif-Oref (fictif)", "hours": 7}
        for kind, values in ((HeadKind.TURN, turn), (HeadKind.DECIDER, decider), (HeadKind.COURSE, course)):
            open_head(kind, ground, values, by=by, at=self.now, key=uid_of("head", kind.value))

    def _question(self) -> None:
        bruno = self._actor("conseil@example.org", "mission-locale")
        chloe = self._actor("relais@example.org", "operateur-regional")
        words = "La personne a un contrat d’hiver et n’a rien au printemps (cas fictif)."
        title = "Qui finance une formation de trois jours entre deux saisons ?"
        key = ask(title, words, by=bruno, at=self.now - timedelta(days=2), key=uid_of("question", "finance"))
        said = "Nous, tant que le contrat court ; ensuite la Région. Le groupe en fait un tableau d’une page."
        answer(key, said, by=chloe, at=self.now - timedelta(days=1), key=uid_of("answer", "finance"))
