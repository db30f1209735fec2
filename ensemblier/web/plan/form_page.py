"""A form in a file: refusals keep what was typed; when somebody else was quicker, both texts stand side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.queries.own_file import Author
from ensemblier.kernel.errors import BadInput, RuleViolated, StaleVersion
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.plan.side import Side, now


@dataclass(frozen=True, slots=True)
class FormPage:
    """What a form page says. `back`: where it leads; `now`: what the row says at this moment.

    `remove`: the address that takes the row out, "" when nothing does.
    """

    tab: str
    title: str
    button: str
    back: str
    done: str
    lede: str = ""
    now: Callable[[], Mapping[str, Any]] | None = None
    remove: str = ""


@dataclass(frozen=True, slots=True)
class Both:
    """One field on which two people differ: what stands in the row now, and what was typed."""

    label: str
    theirs: str
    mine: str


def answered(
    request: HttpRequest, side: Side, form: HouseForm, words: FormPage, write: Callable[[Author], object]
) -> HttpResponse:
    """The page, or the way back once `write` did it. `write` is called on a valid form only."""
    stale, both = "", []
    if request.method == "POST" and form.is_valid():
        try:
            write(side.writer(request))
        except StaleVersion as newer:
            stale = sentence(newer)
            both = _compare(request, form, words)
        except (BadInput, RuleViolated) as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, words.done)
            return HttpResponseRedirect(words.back)
    context = {"form": form, "words": words, "back": words.back, "button": words.button, "stale": stale, "both": both}
    return side.show(
        request, "plan/form.html", context, tab=words.tab, status=409 if stale else 400 if form.errors else 200
    )


def _compare(request: HttpRequest, form: HouseForm, words: FormPage) -> list[Both]:
    """The fields that differ; the form then carries the version of what was just read, so that saving is a choice."""
    if words.now is None:
        return []
    now = dict(words.now())
    typed = request.POST.copy()
    typed["version"] = str(now.pop("version", ""))
    form.data = typed
    found = []
    for name, value in now.items():
        theirs, mine = _said(form, name, value), _said(form, name, form.cleaned_data.get(name))
        if theirs != mine:
            found.append(Both(str(form[name].label), theirs, mine))
    return found


def _said(form: HouseForm, name: str, value: Any) -> str:
    """A value as its field shows it."""
    choices = dict(getattr(form.fields[name], "choices", ()))
    shown = form.fields[name].prepare_value(value)
    text = "" if shown is None else str(shown)
    return str(choices.get(text, text)) if choices else text


def removed(request: HttpRequest, side: Side, back: str, write: Callable[[Edit], object]) -> HttpResponse:
    """Take a row out, from the button of its page, then the way back."""
    version = request.POST.get("version", "")
    if request.method == "POST" and version.isascii() and version.isdigit() and len(version) < 10:
        by = side.writer(request)
        try:
            write(Edit(by, now(), int(version)))
        except StaleVersion as newer:
            messages.warning(request, sentence(newer))
        else:
            messages.success(request, _("La ligne est retirée. Elle reste dans l’historique."))
    return HttpResponseRedirect(side.url(back))
