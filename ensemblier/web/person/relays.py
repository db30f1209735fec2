"""Her relays: where each stands, choosing a door and sending, stopping, and the two questions at the end."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.journey.actions.consents import withdraw_relay
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.relays import give_info
from ensemblier.journey.actions.satisfaction import say_opinion
from ensemblier.journey.core.satisfaction import Found, WentWell
from ensemblier.journey.queries.rights_relays import MyRelay, my_relay, my_relays
from ensemblier.kernel.errors import BadInput
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.person.choosing import choice_page, send_page
from ensemblier.web.person.door import herself, now
from ensemblier.web.person.words import relay_words


@page(reads=True, who=Who.PERSON)
def relays(request: HttpRequest) -> HttpResponse:
    """All of them."""
    rows = [relay_words(relay) for relay in my_relays(herself(request), at=now())]
    return private(render(request, "person/relays.html", {"relays": rows}))


@page(reads=True, who=Who.PERSON)
def relay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One relay: its state, what was written, what comes next; when she must decide, the doors."""
    return choice_page(request, _mine(request, uid), _addresses(uid))


@page(reads=False, who=Who.PERSON)
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What would be read, word for word; by POST, her agreement and the sending."""
    return send_page(request, _mine(request, uid), _addresses(uid))


@page(reads=False, who=Who.PERSON)
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop a relay, or choose none of the doors: always possible, no reason asked. GET only asks to confirm."""
    found = _mine(request, uid)
    if request.method != "POST":
        return private(
            render(request, "person/relay_stop.html", {"relay": found, "key": uuid4(), "to": _addresses(uid)})
        )
    withdraw_relay(order_of(request, found), by=found.herself)
    messages.success(request, _("C’est arrêté. Personne ne lit plus rien par ce relais."))
    return HttpResponseRedirect(reverse("web:my-relay", args=[uid]))


@page(reads=False, who=Who.PERSON)
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the precision that is asked: her words, and nothing of her file with them."""
    found = _mine(request, uid)
    if request.method == "POST":
        if not request.POST.get("answer", "").strip():
            raise BadInput(_("Écrivez votre réponse, ou laissez la personne qui vous accompagne répondre."))
        give_info(order_of(request, found), by=found.herself, answer=request.POST["answer"])
        messages.success(request, _("Votre réponse est partie."))
    return HttpResponseRedirect(reverse("web:my-relay", args=[uid]))


@page(reads=False, who=Who.PERSON)
def opinion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two questions, once the relay has ended."""
    found = _mine(request, uid)
    if request.method == "POST":
        try:
            answers = Found(request.POST.get("found", "")), WentWell(request.POST.get("went", ""))
        except ValueError:
            raise BadInput(_("Choisissez une réponse à chacune des deux questions."), field="found") from None
        say_opinion(uid, found=answers[0], went=answers[1], by=found.herself, at=now())
        messages.success(request, _("Merci. Vos réponses ne seront montrées qu’additionnées à d’autres."))
        return HttpResponseRedirect(reverse("web:my-space"))
    values = {"relay": found, "found": tuple(Found), "went": tuple(WentWell)}
    return private(render(request, "person/opinion.html", values))


def order_of(request: HttpRequest, found: MyRelay) -> Order:
    """The relay as her page showed it, and the key of this click."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    version = request.POST.get("version", "")
    return Order(found.uid, int(version) if version.isascii() and version.isdigit() else -1, key, now())


def _mine(request: HttpRequest, uid: UUID) -> MyRelay:
    return my_relay(herself(request), uid, at=now())


def _addresses(uid: UUID) -> dict[str, str]:
    return {
        "here": reverse("web:my-relay", args=[uid]),
        "send": reverse("web:my-relay-send", args=[uid]),
        "stop": reverse("web:my-relay-stop", args=[uid]),
        "back": reverse("web:my-space"),
    }
