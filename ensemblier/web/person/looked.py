"""Who looked, every line; and asking the organisation to explain, correct or erase."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.journey.actions.rights import RequestDraft, ask
from ensemblier.journey.core.rights import MAX_WORDS, RequestKind
from ensemblier.journey.queries.links import LinkedFile
from ensemblier.journey.queries.rights_log import who_looked
from ensemblier.journey.queries.rights_requests import my_requests
from ensemblier.kernel.errors import BadInput
from ensemblier.web.access import Who, page
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private
from ensemblier.web.person.door import files_of, herself, now


@page(reads=True, who=Who.PERSON)
def looked(request: HttpRequest) -> HttpResponse:
    """Every line of the journal of her files, fifty at a time."""
    number = request.GET.get("page", "1")
    count = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1
    with_hers = "tout" in request.GET
    looks = who_looked(herself(request), at=now(), page=max(count, 1), without_hers=not with_hers)
    return private(render(request, "person/looked.html", {"looks": looks, "with_hers": with_hers}))


class AskForm(HouseForm):
    """What she asks, of which file, in her words."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Que demandez-vous ?"),
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in RequestKind if kind is not RequestKind.PAPER],
    )
    file = forms.ChoiceField(label=gettext_lazy("À qui ?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("Avec vos mots"), widget=forms.Textarea, required=False, max_length=MAX_WORDS
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, files: tuple[LinkedFile, ...], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        kinds.choices = [(value, _(label)) for value, label in kinds.choices]  # type: ignore[attr-defined]
        self.fields["file"].choices = [(str(f.link_uid), f.organisation_name) for f in files]  # type: ignore[attr-defined]
        if len(files) == 1:
            self.fields["file"].initial = str(files[0].link_uid)
        self.of_link = {str(file.link_uid): file for file in files}


@page(reads=False, who=Who.PERSON)
def contest(request: HttpRequest) -> HttpResponse:
    """Ask, and read the answers."""
    start = {"key": uuid4(), "kind": request.GET.get("demande", ""), "subject": request.GET.get("propos", "")[:80]}
    form = AskForm(files_of(request), request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            ask(_draft(form), by=form.of_link[form.cleaned_data["file"]].herself, at=now())
            messages.success(request, _("C’est envoyé et gardé. La réponse arrive ici, dans un mois au plus."))
            return HttpResponseRedirect(reverse("web:my-requests"))
        except BadInput as error:
            form.add_domain_error(sentence(error), error.field)
    values = {"form": form, "has_files": bool(form.of_link), "requests": my_requests(herself(request), at=now())}
    return private(render(request, "person/requests.html", values, status=400 if form.errors else 200))


def _draft(form: AskForm) -> RequestDraft:
    data = form.cleaned_data
    uid: UUID | None = data["key"]
    return RequestDraft(RequestKind(data["kind"]), data["words"], subject=data["subject"], uid=uid)
