"""Sending a relay in three screens: to whom and what; the exact text and the person's agreement; it has left."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.directory.queries.calls import who_to_call
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import ConsentDraft
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.queue import QueueRequest, ask_guichet
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.consent_texts.published import text_on
from ensemblier.journey.core.consent_texts.wording import Names, ReadableText, last_instant, with_names
from ensemblier.journey.core.inbox import RelayPage
from ensemblier.journey.core.queue import QueueOrigin
from ensemblier.journey.core.states import Party, RelayKind, RelayState
from ensemblier.journey.queries.packets import Prefill, Recipient, prefill, recipients
from ensemblier.journey.queries.relays import relay_page
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated, StaleVersion
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.files.frame import ADVISERS
from ensemblier.web.offline import private
from ensemblier.web.places.pages import today
from ensemblier.web.relays.doors import door_choices, kept, organisations_of
from ensemblier.web.relays.sending_forms import LATER, NONE, AgreeForm, SendForm, uids_in
from ensemblier.web.templatetags import french

UNKNOWN = "Ce brouillon n’existe pas, ou n’existe plus."


@page(reads=False, who=ADVISERS)
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """First screen, prefilled from the file."""
    known = prefill(uid, actor=actor_of(request), on=today())
    return _first_screen(request, known, None)


@page(reads=False, who=ADVISERS)
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The first screen again, with a draft in it."""
    draft = _draft(request, uid)
    known = prefill(draft.file_uid or uid, actor=actor_of(request), on=today())
    return _first_screen(request, known, draft)


def _draft(request: HttpRequest, uid: UUID) -> RelayPage:
    draft = relay_page(uid, by=actor_of(request), at=timezone.now())
    if draft.party is not Party.SOURCE or draft.state is not RelayState.DRAFT or draft.file_uid is None:
        raise NotFound(UNKNOWN)
    return draft


def _first_screen(request: HttpRequest, known: Prefill, draft: RelayPage | None) -> HttpResponse:
    actor, stale = actor_of(request), ""
    people = _people(request, known, actor)
    form = SendForm(request.POST or None, known=known, found=_others(people), initial=_initial(draft, people))
    looks = "chercher" in request.POST
    if request.method == "POST" and not looks and form.is_valid():
        try:
            return HttpResponseRedirect(_prepared(request, form, draft))
        except StaleVersion as newer:
            stale = sentence(newer)
        except (BadInput, RuleViolated) as error:
            form.add_domain_error(sentence(error), error.field)
    chosen = str(form["recipient"].value() or "")
    shown = organisations_of(known.orientation)
    context = {
        "form": form,
        "known": known,
        "doors": door_choices(known.orientation, people, chosen),
        "found": [people[each] for each in people if each not in shown],
        "chosen": chosen,
        "q": str(request.POST.get("q", ""))[:120],
        "looks": looks,
        "draft": draft,
        "stale": stale,
        "acting_field": acting_field(actor),
        "section": "web:relays",
    }
    refused = request.method == "POST" and not looks
    return private(render(request, "relays/new.html", context, status=409 if stale else 400 if refused else 200))


def _people(request: HttpRequest, known: Prefill, actor: Actor) -> dict[UUID, Recipient]:
    """Every structure on the page: behind a door, found before, or looked for now."""
    uids = organisations_of(known.orientation) + uids_in(request.POST.getlist("found"))
    if "chercher" in request.POST:
        text = str(request.POST.get("q", ""))[:120].replace("\x00", "")
        uids += [card.organisation_uid for card in who_to_call(text, actor=actor, near=known.commune, on=today())]
    found = recipients(uids, actor=actor, on=today())
    return {uid: found[uid] for uid in dict.fromkeys(uids) if uid in found}


def _others(people: dict[UUID, Recipient]) -> list[Recipient]:
    return [each for each in people.values() if not each.is_own]


def _initial(draft: RelayPage | None, people: dict[UUID, Recipient]) -> dict[str, Any]:
    if draft is None:
        return {}
    chosen = next((str(each.uid) for each in people.values() if each.organisation_id == draft.chosen), LATER)
    words = {f"words_{p.category.value}": p.text for p in draft.packets}
    ticked = {f"share_{p.category.value}": True for p in draft.packets}
    first = {"kind": draft.kind.value, "summary": draft.summary, "recipient": chosen, "read": draft.fingerprint}
    return {**first, **words, **ticked}


def _prepared(request: HttpRequest, form: SendForm, draft: RelayPage | None) -> str:
    """Write the draft, or give the request to the guichet; where to go then."""
    by, now, data = acting(request), timezone.now(), form.cleaned_data
    head = form.known.head
    if data["recipient"] == NONE:
        commune = form.known.commune.code if form.known.commune else None
        asked = QueueRequest(
            need=form.envelope().need,
            commune_code=commune,
            person_uid=head.uid,
            origin=QueueOrigin.NO_DOOR,
            key=data["key"],
        )
        ask_guichet(asked, by=by, at=now)
        messages.success(request, _("Rien n’est parti. Le guichet cherche une autre porte, sans connaître le nom."))
        return reverse("web:file-relays", args=[head.uid])
    offered = list(form.found.values())
    chosen = form.found.get(data["recipient"])
    wanted = relays.RelayDraft(
        episode_uid=form.known.episode_uid,
        kind=RelayKind(data["kind"]),
        summary=data["summary"],
        envelope=form.envelope().stored,
        routing=kept(form.known.orientation, offered, chosen.organisation_id if chosen else None),
        words=form.words(),
        documents=form.documents_chosen(),
        key=data["key"],
    )
    if draft is None:
        relay = relays.prepare_relay(wanted, by=by, at=now)
    else:
        order = Order(draft.uid, draft.version, data["key"], now)
        relay = relays.rewrite_draft(order, wanted, read=data["read"], by=by)
    return reverse("web:review-relay", args=[relay.uid])


@page(reads=False, who=ADVISERS)
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Second screen: the exact text, and how the person agrees."""
    draft, stale = _draft(request, uid), ""
    text = _text(draft, today())
    fresh = {"version": draft.version, "read": draft.fingerprint}
    kind = {"asks_health": Category.HEALTH in draft.categories, "can_paper": draft.chosen is not None}
    form = AgreeForm(request.POST or None, initial=fresh, **kind)
    if request.method == "POST" and form.is_valid():
        try:
            return _agreed(request, draft, form, text)
        except StaleVersion as newer:
            stale = sentence(newer)
        except (BadInput, RuleViolated) as error:
            form.add_domain_error(sentence(error), error.field)
    context = {
        "relay": draft,
        "form": form,
        "text": text,
        "stale": stale,
        "chosen": dict(draft.offered).get(draft.chosen or 0, ""),
        "left_out": [category for category in Category if category not in draft.categories],
        "acting_field": acting_field(actor_of(request)),
        "section": "web:relays",
    }
    status = 409 if stale else 400 if request.method == "POST" else 200
    return private(render(request, "relays/review.html", context, status=status))


def _text(draft: RelayPage, on: date) -> ReadableText:
    """What the person reads and signs, with the names of this relay."""
    recipient = dict(draft.offered).get(draft.chosen or 0, "") or _("la structure que je choisis")
    last = french.day_words(timezone.localdate(last_instant(timezone.now())))
    names = Names(source=draft.source_name, recipient=recipient, why=draft.envelope.need, last_day=last)
    return with_names(text_on(on, language=french.language()), names, draft.categories)


def _agreed(request: HttpRequest, draft: RelayPage, form: AgreeForm, text: ReadableText) -> HttpResponse:
    by, now, data = acting(request), timezone.now(), form.cleaned_data
    order = Order(draft.uid, data["version"], data["key"], now)
    offered = tuple(number for number, _name in draft.offered)
    if data["channel"] == "own":
        relays.propose(order, by=by, offered=offered, read=data["read"])
        messages.success(request, _("La personne reçoit le texte : c’est elle qui envoie, ou non."))
        return HttpResponseRedirect(reverse("web:relay", args=[draft.uid]))
    recipient = draft.chosen or 0
    consent = ConsentDraft(
        person_uid=draft.file_uid or draft.uid,
        organisation_id=recipient,
        categories=frozenset(draft.categories),
        ends_at=last_instant(now),
        text_version=text.version,
        proof=data["proof"],
        is_explicit_on_health=bool(data.get("health")),
    )
    choice = relays.Choice(recipient, None, proof=data["proof"], offered=offered, read=data["read"])
    relays.send_on_paper(order, by=by, choice=choice, consent=consent, words=text.whole)
    messages.success(request, _("Envoyé. La structure a cinq jours ouvrés pour répondre."))
    return HttpResponseRedirect(reverse("web:relay", args=[draft.uid]))
