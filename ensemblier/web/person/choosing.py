"""The two pages on which a person decides: which door, then what may be read there. The same from a signed link."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.rights_choice import Decision, choose_and_send
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.consent_texts.published import text_on
from ensemblier.journey.core.consent_texts.wording import Names, ReadableText, Wording, last_instant, with_names
from ensemblier.journey.queries.rights_relays import MyRelay, OfferedDoor
from ensemblier.kernel.errors import BadInput, StaleVersion
from ensemblier.web.errors import sentence
from ensemblier.web.offline import private
from ensemblier.web.person.door import now
from ensemblier.web.person.words import relay_words
from ensemblier.web.templatetags import french

Addresses = dict[str, str]


def choice_page(request: HttpRequest, relay: MyRelay, addresses: Addresses) -> HttpResponse:
    """Where the relay stands, and the doors while it is for her to choose."""
    values = {"row": relay_words(relay), "relay": relay, "to": addresses, "key": uuid4()}
    return private(render(request, "person/relay.html", values))


def send_page(request: HttpRequest, relay: MyRelay, addresses: Addresses) -> HttpResponse:
    """The agreement about one door. GET shows it (`porte`: its place in the list), POST sends."""
    answers = request.POST if request.method == "POST" else request.GET
    if answers.get("porte") == "aucune":
        return HttpResponseRedirect(addresses["stop"])
    if not relay.awaits_her:
        return HttpResponseRedirect(addresses["here"])
    door, place = _door(relay, answers.get("porte", ""))
    readable = _readable(relay, door, Wording.EASY if answers.get("facile") else Wording.FULL)
    ticked = frozenset(category for category in relay.categories if f"share_{category.value}" in request.POST)
    refusal = ""
    if request.method == "POST":
        try:
            choose_and_send(_decision(request, relay, door, readable, ticked), by=relay.herself)
            messages.success(request, _("C’est envoyé. La réponse arrivera ici. Vous pouvez arrêter à tout moment."))
            return HttpResponseRedirect(addresses["here"])
        except (BadInput, StaleVersion) as error:
            refusal = sentence(error)
    values = {
        "relay": relay, "door": door, "place": place, "to": addresses, "text": readable, "refusal": refusal,
        "lines": [(each, words, relay.words_of(each), each in ticked) for each, words in readable.lines],
        "is_easy": bool(answers.get("facile")), "has_health": "health_explicit" in request.POST,
        "key": request.POST.get("key") or uuid4(),
    }  # fmt: skip
    return private(render(request, "person/relay_send.html", values, status=400 if refusal else 200))


def _decision(
    request: HttpRequest, relay: MyRelay, door: OfferedDoor, readable: ReadableText, ticked: frozenset[Category]
) -> Decision:
    try:
        key, version = UUID(request.POST.get("key", "")), int(request.POST.get("version", ""))
    except ValueError:
        raise BadInput(_("Cette page est incomplète : rechargez-la, puis recommencez.")) from None
    return Decision(
        order=Order(relay.uid, version, key, now()),
        recipient=door.organisation_id,
        categories=ticked,
        is_explicit_on_health="health_explicit" in request.POST,
        readable=readable,
        text=relay.letter(ticked),
    )


def _door(relay: MyRelay, place: str) -> tuple[OfferedDoor, int]:
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else 0
    if not 1 <= number <= len(relay.doors):
        raise BadInput(_("Choisissez une des portes, ou « aucune de ces portes »."), field="porte")
    return relay.doors[number - 1], number


def _readable(relay: MyRelay, door: OfferedDoor, wording: Wording) -> ReadableText:
    at = now()
    text = text_on(at.date(), language=(get_language() or "fr")[:2], wording=wording)
    names = Names(relay.source, door.name, relay.need or _("ma demande"), french.day_words(last_instant(at).date()))
    return with_names(text, names, relay.categories)
