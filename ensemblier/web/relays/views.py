"""The desk's inbox, one relay, and every gesture on it. Works without JavaScript: each gesture is one small form."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.partners import invite_partner
from ensemblier.journey.queries.files import file_head
from ensemblier.journey.queries.inbox import inbox
from ensemblier.journey.queries.relays import relay_page, relays_of_file
from ensemblier.kernel.errors import BadInput, RuleViolated, StaleVersion
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.files.frame import ADVISERS, in_frame
from ensemblier.web.offline import private
from ensemblier.web.places.pages import today
from ensemblier.web.relays.forms import GestureForm
from ensemblier.web.relays.gestures import GESTURES, forms_of, possible
from ensemblier.web.relays.words import next_words, told


@page(reads=True, who=ADVISERS)
def desk(request: HttpRequest) -> HttpResponse:
    """The relays that arrive, and those that left."""
    actor = actor_of(request)
    box = inbox(actor=actor, at=timezone.now())
    context = {"box": box, "take_key": uuid4(), "acting_field": acting_field(actor), "section": "web:relays"}
    return private(render(request, "relays/inbox.html", context))


@page(reads=True, who=ADVISERS)
def of_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The tab of a file: what left it, and what brought it."""
    actor = actor_of(request)
    head = file_head(actor=actor, uid=uid, on=today())
    rows = relays_of_file(uid, actor=actor, at=timezone.now())
    return in_frame(request, "relays/of_file.html", head, {"rows": rows})


@page(reads=True, who=ADVISERS)
def relay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One relay, as its reader may see it."""
    return _shown(request, uid)


@page(reads=False, who=ADVISERS)
def gesture(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """One gesture. Refused, the page comes back with what was typed."""
    if name not in GESTURES:
        raise Http404
    if request.method != "POST":
        if name == "decliner":
            return _shown(request, uid, opens=name)
        return HttpResponseRedirect(reverse("web:relay", args=[uid]))
    kind = GESTURES[name]
    form = kind.form(request.POST, auto_id=f"{name}_%s")
    by, stale = acting(request), ""
    if form.is_valid():
        order = Order(uid, form.cleaned_data["version"], form.cleaned_data["key"], timezone.now())
        try:
            kind.write(order, by, form)
        except StaleVersion as newer:
            stale = sentence(newer)
        except (BadInput, RuleViolated) as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, str(kind.done))
            return HttpResponseRedirect(reverse("web:relay", args=[uid]))
    return _shown(request, uid, bound=form, which=name, stale=stale)


@page(reads=False, who=ADVISERS)
def send_link(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The link of a partner without account; its code is shown this once, to be told by telephone."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("web:relay", args=[uid]))
    form = GestureForm(request.POST)
    if not form.is_valid():
        return _shown(request, uid, bound=form)
    order = Order(uid, form.cleaned_data["version"], form.cleaned_data["key"], timezone.now())

    def address_of(token: str) -> str:
        return request.build_absolute_uri(reverse("web:partner-enter", args=[token]))

    try:
        code = invite_partner(order, by=acting(request), address_of=address_of)
    except RuleViolated as refused:
        messages.warning(request, sentence(refused))
        return HttpResponseRedirect(reverse("web:relay", args=[uid]))
    return _shown(request, uid, code=f"{code[:3]} {code[3:]}")


def _shown(
    request: HttpRequest,
    uid: UUID,
    *,
    bound: GestureForm | None = None,
    which: str = "",
    stale: str = "",
    **more: str,
) -> HttpResponse:
    actor = actor_of(request)
    known = relay_page(uid, by=actor, at=timezone.now())
    context = {
        "relay": known,
        "relay_words": told(known),
        "kept_words": _typed(bound) if stale and which not in possible(known) else [],
        "next": next_words(known),
        "forms": forms_of(known, bound=bound, which=which),
        "partner_key": "",
        "opens": more.get("opens", ""),
        "code": more.get("code", ""),
        "by_link": known.by_link,
        "link_key": uuid4(),
        "which": which,
        "stale": stale,
        "acting_field": acting_field(actor),
        "section": "web:relays",
    }
    status = 409 if stale else 400 if bound is not None else 200
    return private(render(request, "relays/relay.html", context, status=status))


def _typed(form: GestureForm | None) -> list[str]:
    """What was typed in a form that the relay, as it is now, no longer takes: shown, so that nothing is lost."""
    fields = form.visible_fields() if form is not None else []
    return [str(field.value()) for field in fields if isinstance(field.value(), str) and field.value()]
