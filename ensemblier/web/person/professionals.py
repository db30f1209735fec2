"""What the organisation does for the person's rights: invite, answer requests, take the file that she brings."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.links import invite as invite_person
from ensemblier.journey.actions.portability import Taken, bring_export, look_at_export
from ensemblier.journey.actions.rights import answer_request
from ensemblier.journey.core.portability import MAX_BYTES
from ensemblier.journey.core.satisfaction import Counts, Found, WentWell
from ensemblier.journey.queries.files import file_head
from ensemblier.journey.queries.rights_requests import requests_to_answer
from ensemblier.journey.queries.satisfaction import opinions as opinion_counts
from ensemblier.kernel.errors import BadInput, RuleViolated
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.files.frame import ADVISERS, in_frame
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private
from ensemblier.web.person.door import now

COUNTING = frozenset({Role.ADVISER, Role.TEAM_LEAD, Role.COORDINATOR})
ANSWERING = frozenset({Role.ADVISER, Role.TEAM_LEAD})


@page(reads=False, who=ADVISERS)
def invite(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A link for one message and a code for another way; shown once."""
    head = file_head(actor=actor_of(request), uid=uid, on=now().date())
    values: dict[str, object] = {"invitation": None, "address": "", "acting_field": acting_field(actor_of(request))}
    if request.method == "POST":
        made = invite_person(uid, by=acting(request), at=now())
        address = request.build_absolute_uri(reverse("web:link-file", args=[made.token]))
        values |= {"invitation": made, "address": address}
    return in_frame(request, "files/invite.html", head, values, tab="file")


@page(reads=False, who=ANSWERING)
def requests(request: HttpRequest) -> HttpResponse:
    """Requests of persons about their data, the most urgent first; answering one."""
    refusal, typed = "", ""
    if request.method == "POST":
        typed = request.POST.get("answer", "")
        try:
            answer_request(_uid(request.POST.get("request", "")), words=typed, by=acting(request), at=now())
            messages.success(request, _("La réponse est dans l’espace de la personne."))
            return HttpResponseRedirect(reverse("web:rights-requests"))
        except (BadInput, RuleViolated) as error:
            refusal = sentence(error)
    rows = requests_to_answer(by=actor_of(request), at=now())
    values = {
        "waiting": [row for row in rows if row.answered_at is None],
        "answered": [row for row in rows if row.answered_at is not None],
        "refusal": refusal,
        "typed": typed,
        "about": request.POST.get("request", ""),
        "acting_field": acting_field(actor_of(request)),
    }
    return private(render(request, "pro/rights_requests.html", values, status=400 if refusal else 200))


@page(reads=True, who=COUNTING)
def opinions(request: HttpRequest) -> HttpResponse:
    """What persons say of relays, added up."""
    halves = [
        {
            "starts_on": half.starts_on,
            "questions": [
                (_("Avez-vous trouvé l’aide que vous cherchiez ?"), half.found, _answers(half.found, Found)),
                (_("Comment ce relais s’est-il passé ?"), half.went, _answers(half.went, WentWell)),
            ],
        }
        for half in opinion_counts(by=actor_of(request), on=now().date())
    ]
    return private(render(request, "pro/opinions.html", {"halves": halves}))


def _answers(counts: Counts, answers: type[Found] | type[WentWell]) -> list[tuple[str, int]]:
    return [(answer.label, counts.parts[answer.value]) for answer in answers if counts.parts]


class BringForm(HouseForm):
    """The file that the person brings, then which of its files."""

    document = forms.FileField(
        label=gettext_lazy("Le fichier « mes-donnees.json » de la personne"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/json,.json"}),
    )
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def words(self) -> str:
        """What was sent, as text. Raises BadInput."""
        sent = self.cleaned_data["document"]
        if sent is None:
            return str(self.cleaned_data["text"])
        if sent.size > MAX_BYTES:
            raise BadInput("Ce fichier est trop lourd : %(most)s ko au plus.", values={"most": MAX_BYTES // 1000})
        return str(sent.read(), "utf-8", "replace")


@page(reads=False, who=ADVISERS)
def bring(request: HttpRequest) -> HttpResponse:
    """First what the file holds, nothing written; then the new file, whole or not at all."""
    form = BringForm(request.POST or None, request.FILES or None)
    found: tuple[Taken, ...] = ()
    text = ""
    if request.method == "POST" and form.is_valid():
        by = acting(request)
        try:
            text = form.words()
            found = look_at_export(text, by=by)
            if (number := request.POST.get("file", "")).isdigit() and len(number) < 4:
                uid = bring_export(text, int(number), by=by, at=now())
                messages.success(request, _("Le dossier est ouvert. Relisez-le avec la personne."))
                return HttpResponseRedirect(reverse("web:file", args=[uid]))
        except BadInput as error:
            form.add_domain_error(sentence(error), "document")
    values = {"form": form, "found": found, "text": text, "acting_field": acting_field(actor_of(request))}
    return private(render(request, "pro/bring.html", values, status=400 if form.errors else 200))


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput(_("Cette demande n’existe pas."), field="request") from None
