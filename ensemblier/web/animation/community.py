"""The community: questions, answers, "this answered me"."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.animation.actions.community import answer, ask, certify, moderate, say_useful
from ensemblier.animation.queries.community import corners_of, question_page, questions
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.animation.forms import WritingForm, area, chosen, line
from ensemblier.web.animation.heads import ORGANISERS
from ensemblier.web.errors import sentence
from ensemblier.web.places.pages import show, today, typed
from ensemblier.web.pro.form_page import Words, answered

SECTION = "web:questions"


@page(reads=True, who=Who.SIGNED_IN)
def listed(request: HttpRequest) -> HttpResponse:
    """Questions, newest first."""
    actor, q = actor_of(request), typed(request, "q")
    only_open = request.GET.get("open") == "1"
    context = {
        "questions": questions(actor=actor, q=q, only_open=only_open), "q": q, "only_open": only_open,
        "section": SECTION, "may_ask": actor.organisation_id is not None,
    }  # fmt: skip
    return show(request, "animation/questions.html", context)


class AskForm(WritingForm):
    """A question."""

    title = line(_("Votre question, en une phrase"))
    words = area(
        _("Ce qu’il faut savoir pour répondre"), required=False, help_text=_("Aucun nom de personne accompagnée.")
    )
    corner = chosen(_("Pour un groupe seulement"), required=False, help_text=_("Seuls ses membres la liront."))


@page(reads=False, who=ORGANISERS)
def new(request: HttpRequest) -> HttpResponse:
    """Ask."""
    form = AskForm(request.POST or None, choices={"corner": corners_of(actor_of(request))}, initial={"key": uuid4()})
    asked: list[UUID] = []

    def write(by: Actor) -> None:
        data: dict[str, Any] = form.cleaned_data
        key = data["key"] or uuid4()
        asked.append(ask(data["title"], data["words"], by=by, at=timezone.now(), key=key, corner=data["corner"]))

    lede = gettext("Sans réponse au bout de trois jours, elle est portée au groupe de travail dont c’est le sujet.")
    back = reverse("web:questions")
    response = answered(
        request, form, Words(gettext("Poser une question"), lede, gettext("Poser"), back, gettext("C’est posé.")), write
    )
    return HttpResponseRedirect(reverse("web:question-page", args=[asked[0]])) if asked else response


class AnswerForm(WritingForm):
    """An answer."""

    words = area(_("Votre réponse"), size=8000, help_text=_("Aucun nom de personne accompagnée. Citez vos sources."))


@page(reads=False, who=Who.SIGNED_IN)
def question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A question, its answers, and the form to answer."""
    actor = actor_of(request)
    form = AnswerForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["key"] or uuid4()
            answer(uid, form.cleaned_data["words"], by=acting(request), at=timezone.now(), key=key)
        except BadInput as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, gettext("Merci : votre réponse est là."))
            return HttpResponseRedirect(reverse("web:question-page", args=[uid]))
    context = {
        "page": question_page(uid, actor=actor), "form": form, "section": SECTION, "acting_field": acting_field(actor),
        "may_answer": actor.organisation_id is not None,
    }  # fmt: skip
    return show(request, "animation/question.html", context, status=400 if form.errors else 200)


@page(reads=False, who=ORGANISERS)
def gesture(request: HttpRequest, uid: UUID, row: UUID, name: str) -> HttpResponse:
    """What one does with an answer (or with the question itself): useful, certified, hidden."""
    if request.method == "POST":
        by, words = acting(request), request.POST.get("words", "")[:400]
        if name == "utile":
            say_useful(row, by=by)
        elif name == "certifier":
            certify(row, words, by=by, on=today())
        elif name == "masquer":
            moderate(row, words, by=by, is_answer=row != uid)
        else:
            raise NotFound(gettext("Cette adresse ne mène à rien."))
        messages.success(request, gettext("C’est noté."))
        is_gone = name == "masquer" and row == uid
        return HttpResponseRedirect(reverse("web:questions") if is_gone else reverse("web:question-page", args=[uid]))
    return HttpResponseRedirect(reverse("web:question-page", args=[uid]))
