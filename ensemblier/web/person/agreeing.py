"""A sharing that goes on, or ends by itself; and what is asked apart from any relay. Saying no costs nothing."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ensemblier.journey.actions.extensions import agree_to, extend_sharing
from ensemblier.journey.core.consent import Purpose
from ensemblier.journey.core.consent_texts.published import text_on
from ensemblier.journey.core.consent_texts.wording import Names, ReadableText, Wording, last_instant, with_names
from ensemblier.journey.queries.links import LinkedFile
from ensemblier.journey.queries.rights_sharing import Sharing, my_sharing, my_sharings
from ensemblier.kernel.errors import BadInput, RuleViolated
from ensemblier.web.access import Who, page
from ensemblier.web.errors import sentence
from ensemblier.web.offline import private
from ensemblier.web.person.door import files_of, herself, now
from ensemblier.web.templatetags import french


@page(reads=False, who=Who.PERSON)
def extend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Extend, or let end: one page, one text, two ways out. GET changes nothing."""
    found = my_sharing(herself(request), uid, at=now())
    if not found.may_extend:
        messages.info(request, _("Ce partage est fini, ou rien ne l’attend plus : il n’y a rien à prolonger."))
        return HttpResponseRedirect(reverse("web:my-sharings"))
    is_easy = "facile" in (request.POST if request.method == "POST" else request.GET)
    readable, refusal = _readable(found, Wording.EASY if is_easy else Wording.FULL), ""
    if request.method == "POST":
        try:
            said = "health_explicit" in request.POST
            extend_sharing(uid, readable=readable, is_explicit_on_health=said, by=found.herself, at=now())
            messages.success(request, _("C’est prolongé. Vous pouvez toujours arrêter en un clic."))
            return HttpResponseRedirect(reverse("web:my-sharings"))
        except (BadInput, RuleViolated) as error:
            refusal = sentence(error)
    values = {
        "sharing": found, "text": readable, "refusal": refusal, "is_easy": is_easy, "until": last_instant(now()),
    }  # fmt: skip
    return private(render(request, "person/sharing_extend.html", values, status=400 if refusal else 200))


def _readable(found: Sharing, wording: Wording) -> ReadableText:
    at = now()
    text = text_on(at.date(), language=(get_language() or "fr")[:2], wording=wording)
    why = ", ".join(found.needs) or _("ma demande")
    names = Names(found.source, found.organisation, why, french.day_words(last_instant(at).date()))
    return with_names(text, names, found.categories)


@dataclass(frozen=True, slots=True)
class Apart:
    """One purpose asked apart, by one organisation: its text, and the agreement when she gave it."""

    file: LinkedFile
    purpose: Purpose
    text: ReadableText
    given: Sharing | None


@page(reads=False, who=Who.PERSON)
def agreements(request: HttpRequest) -> HttpResponse:
    """What may be asked of her besides her relays. Nothing is ticked, and not answering is an answer."""
    rows = _apart(request)
    if request.method == "POST":
        chosen = request.POST.get("accord", "")
        row = next((row for row in rows if chosen == f"{row.purpose.value} {row.file.link_uid}"), None)
        if row is None:
            raise BadInput(_("Choisissez un des accords de la page."), field="accord")
        agree_to(row.purpose, readable=row.text, by=row.file.herself, at=now())
        messages.success(request, _("Merci, c’est noté. Vous pouvez arrêter en un clic, sans dire pourquoi."))
        return HttpResponseRedirect(reverse("web:my-agreements"))
    return private(render(request, "person/agreements.html", {"rows": rows}))


def _apart(request: HttpRequest) -> list[Apart]:
    at, language = now(), (get_language() or "fr")[:2]
    live = [each for each in my_sharings(herself(request), at=at) if each.is_live]
    reasons = {
        Purpose.OUTCOME: _("savoir ce que le relais a changé pour vous"),
        Purpose.EVALUATION: _("rendre l’accompagnement meilleur"),
    }
    found = []
    for file in files_of(request):
        for purpose, why in reasons.items():
            text = text_on(at.date(), purpose=purpose, language=language, wording=Wording.EASY)
            names = Names("", file.organisation_name, why, french.day_words(last_instant(at).date()))
            readable = with_names(text, names, [category for category, _words in text.lines])
            given = next((s for s in live if s.herself == file.herself and s.purpose is purpose), None)
            found.append(Apart(file, purpose, readable, given))
    return found
