"""The agenda: what is coming, one event, its seats, its calendar file, the feeds."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ensemblier.animation.actions.registrations import give_opinion, register, withdraw
from ensemblier.animation.actions.ties import renew_feed
from ensemblier.animation.core.kinds import EventKind, EventState, SeatState
from ensemblier.animation.queries.calendar import calendar_of_event, calendar_of_key, calendar_of_place
from ensemblier.animation.queries.events import Wanted, agenda, event_page, own_seat
from ensemblier.animation.queries.ties import feed_href
from ensemblier.kernel.actor import ANONYMOUS
from ensemblier.kernel.errors import BadInput, NotAllowed, RuleViolated
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.animation.event_forms import GuestForm, OpinionForm
from ensemblier.web.errors import sentence
from ensemblier.web.places.pages import commune_typed, show, today, typed
from ensemblier.web.places.zones import zone_asked

SECTION = "web:agenda"


@page(reads=True, who=Who.EVERYONE)
def coming(request: HttpRequest) -> HttpResponse:
    """What is coming, near a commune or everywhere."""
    actor, q, kind = actor_of(request), typed(request, "commune"), typed(request, "kind")
    place = commune_typed(q, on=today())
    since = _since(request)
    wanted = Wanted(
        since, frozenset({place.code}) if place else None, kind if kind in set(EventKind) else "",
    )  # fmt: skip
    found = agenda(wanted, actor=actor)
    context = {
        "agenda": found, "q": q, "kind": kind, "kinds": list(EventKind), "place": place, "section": SECTION,
        "following": found.following.isoformat() if found.following else "",
        "feed": feed_href(actor=actor) if actor.is_signed_in else "", "acting_field": acting_field(actor),
        "has_fictitious": any(event.is_fictitious for event in found.events),
    }  # fmt: skip
    return show(request, "animation/agenda.html", context)


def _since(request: HttpRequest) -> datetime:
    """From when: what a link to the next page says, else this morning."""
    try:
        asked = parse_datetime(typed(request, "from"))
    except ValueError:
        asked = None
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return asked if asked is not None and timezone.is_aware(asked) else morning


@page(reads=False, who=Who.EVERYONE)
def event(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One event; a professional takes a seat by a button, anybody else by a name and an address where it is allowed."""
    actor, now = actor_of(request), timezone.now()
    found = event_page(uid, actor=actor, at=now)
    form = GuestForm(request.POST if request.method == "POST" and not actor.is_signed_in else None)
    refused = ""
    if request.method == "POST" and (actor.is_signed_in or form.is_valid()):
        try:
            guest = None if actor.is_signed_in else form.guest()
            by = acting(request) if actor.is_signed_in else ANONYMOUS
            state = register(uid, by=by, at=now, guest=guest)
        except (RuleViolated, NotAllowed) as error:
            refused = sentence(error)
        except BadInput as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, _seat_words(state))
            return HttpResponseRedirect(reverse("web:event", args=[uid]))
    is_past = found.card.ends_at < now
    context = {
        "page": found, "form": form, "refused": refused, "is_open": found.is_open(now), "is_past": is_past,
        "section": SECTION, "acting_field": acting_field(actor), "has_fictitious": found.card.is_fictitious,
    }  # fmt: skip
    status = 409 if refused else 400 if form.errors else 200
    return show(request, "animation/event.html", context, status=status)


def _seat_words(state: SeatState) -> str:
    if state is SeatState.SEATED:
        return _("Votre place est réservée. Un message vous le confirme, avec le fichier pour votre agenda.")
    return _("Toutes les places sont prises : vous êtes sur la liste d’attente. Un message vous le confirme.")


@page(reads=False, who=Who.EVERYONE)
def seat(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of a registration, opened by its link: give the seat back, or one's opinion afterwards."""
    found, now = own_seat(key), timezone.now()
    form = OpinionForm(request.POST if request.POST.get("gesture") == "opinion" else None)
    if request.method == "POST" and request.POST.get("gesture") == "withdraw":
        withdraw(key, at=now)
        messages.success(request, _("Votre place est rendue. Merci de l’avoir dit."))
        return HttpResponseRedirect(reverse("web:event-seat", args=[key]))
    if request.method == "POST" and form.is_valid():
        give_opinion(key, form.opinion(), at=now)
        messages.success(request, _("Merci. Votre avis est gardé sans votre nom."))
        return HttpResponseRedirect(reverse("web:event-seat", args=[key]))
    can_say = found.card.starts_at <= now and found.state is SeatState.SEATED and not found.has_evaluated
    context = {
        "seat": found, "form": form, "can_leave": found.card.starts_at > now and found.state is not SeatState.WITHDRAWN,
        "can_say": can_say and found.card.state is not EventState.CANCELLED,
    }  # fmt: skip
    response = show(request, "animation/seat.html", context, status=400 if form.errors else 200)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _file(content: bytes, name: str, request: HttpRequest) -> HttpResponse:
    """A calendar file. A client that asks again with what it has gets an answer without a body."""
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match", "")
    response: HttpResponse
    if tag in {each.strip().removeprefix("W/") for each in known.split(",")}:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = tag
    patch_cache_control(response, private=True, max_age=900)
    return response


@page(reads=True, who=Who.EVERYONE)
def event_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The event as a calendar file."""
    return _file(calendar_of_event(uid, actor=actor_of(request)), "rencontre.ics", request)


@page(reads=True, who=Who.EVERYONE)
def territory_feed(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The public agenda of a territory, for any calendar: meetings of professionals are not in it."""
    zone = zone_asked(kind, code)
    since = timezone.now() - timedelta(days=31)
    content = calendar_of_place(frozenset(zone.communes), since=since)
    return _file(content, f"agenda-{kind}-{zone.code}.ics", request)


@page(reads=True, who=Who.EVERYONE)
def own_feed(request: HttpRequest, key: UUID) -> HttpResponse:
    """One's own events, by a secret address that a calendar reads without signing in."""
    return _file(calendar_of_key(key, since=timezone.now() - timedelta(days=31)), "mes-rencontres.ics", request)


@page(reads=False, who=Who.SIGNED_IN)
def renew(request: HttpRequest) -> HttpResponse:
    """A new secret address for one's calendar."""
    if request.method == "POST":
        renew_feed(by=acting(request))
        messages.success(
            request, _("Voici l’adresse de votre agenda. L’ancienne, s’il y en avait une, ne marche plus.")
        )
    return HttpResponseRedirect(reverse("web:agenda"))
