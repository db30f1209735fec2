"""Forms of the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.files import MAX_BYTES
from ensemblier.library.core.kinds import Audience, Domain, Licence, ResourceKind
from ensemblier.library.core.notices import Notice, issued
from ensemblier.library.core.views import ResourceView
from ensemblier.territory.queries.zones import regions
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm, Lines

DAY = {"type": "date"}


def _choices(kind: Any, empty: Any = None) -> list[tuple[str, Any]]:
    first = [] if empty is None else [("", empty)]
    return [*first, *((one.value, _(one.label)) for one in kind)]


def _territories(known: str, name: str) -> list[tuple[str, Any]]:
    """Regions with their départements; the territory that the notice has already, whatever it is."""
    found: list[tuple[str, Any]] = [("", _("toute la France, ou non précisé"))]
    for region in regions():
        found.append((f"region:{region.code}", region.name))
        found += [(f"departement:{code}", f"{code} – {label}") for code, label in region.departements]
    return found if not known or known in dict(found) else [*found, (known, name)]


class NoticeForm(HouseForm):
    """A notice; its title and kind are enough to begin."""

    title = forms.CharField(label=_("Titre"), max_length=500)
    kind = forms.ChoiceField(label=_("Ce que c’est"))
    abstract = forms.CharField(
        label=_("En quelques phrases"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("À quelle question de travail cela répond."),
    )
    link = forms.CharField(label=_("Adresse de l’original"), required=False, max_length=500)
    media_url = forms.CharField(
        label=_("Adresse de la vidéo"),
        required=False,
        max_length=500,
        help_text=_("Pour une vidéo : là où elle se lit."),
    )
    authors = Lines(
        label=_("Auteurs"), required=False, help_text=_("Un par ligne."), widget=forms.Textarea(attrs={"rows": 2})
    )
    publisher = forms.CharField(label=_("Éditeur"), required=False, max_length=200)
    commissioner = forms.CharField(label=_("Commanditaire"), required=False, max_length=200)
    series = forms.CharField(label=_("Collection"), required=False, max_length=200)
    number = forms.CharField(label=_("Numéro"), required=False, max_length=40)
    pages = forms.CharField(label=_("Pages"), required=False, max_length=40)
    issued = forms.CharField(
        label=_("Date"), required=False, max_length=10, help_text=_("2019, 2019-11 ou 2019-11-29.")
    )
    domain = forms.ChoiceField(label=_("Domaine"), required=False)
    keywords = Lines(
        label=_("Mots-clés"), required=False, help_text=_("Un par ligne."), widget=forms.Textarea(attrs={"rows": 2})
    )
    zone_key = forms.ChoiceField(
        label=_("Territoire"), required=False, help_text=_("La page de ce territoire la montrera.")
    )
    licence = forms.ChoiceField(label=_("Licence"), required=False, help_text=_("Ce que les autres peuvent en faire."))
    identifier = forms.CharField(
        label=_("Identifiant"), required=False, max_length=120, help_text=_("Exemple : halshs-02894754.")
    )
    body = forms.CharField(
        label=_("Texte entier"), required=False, max_length=400_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    in_force_from = forms.DateField(
        label=_("Texte de loi : en vigueur depuis"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    repealed_on = forms.DateField(
        label=_("Texte de loi : abrogé le"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    audience = forms.ChoiceField(
        label=_("Qui lit le contenu"), help_text=_("La notice reste visible de tous ; le contenu s’ouvre à ce public.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = {
            "kind": _choices(ResourceKind),
            "domain": _choices(Domain, _("non précisé")),
            "licence": _choices(Licence, _("non connue")),
            "audience": _choices([Audience.PUBLIC, Audience.MEMBERS]),
            "zone_key": _territories(self.initial.get("zone_key", ""), self.initial.pop("zone_name", "")),
        }
        for name, choices in lists.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_issued(self) -> Any:
        """The date, as far as it is known."""
        try:
            return issued(self.cleaned_data["issued"])
        except BadInput as error:
            raise forms.ValidationError(sentence(error)) from error

    def notice(self) -> Notice:
        """What was typed. Call it on a valid form only."""
        data = dict(self.cleaned_data)
        data.pop("version", None)
        return Notice(
            **data
            | {
                "kind": ResourceKind(data["kind"]),
                "domain": Domain(data["domain"]) if data["domain"] else None,
                "licence": Licence(data["licence"]) if data["licence"] else None,
                "audience": Audience(data["audience"]),
                "authors": tuple(data["authors"]),
                "keywords": tuple(data["keywords"]),
            }
        )


def initial_of(view: ResourceView) -> dict[str, Any]:
    """What the form of a known notice shows."""
    row = view.row
    return {
        "title": row.title, "kind": row.kind.value, "abstract": row.abstract, "link": view.link,
        "media_url": view.media_url, "authors": row.authors, "publisher": row.publisher,
        "commissioner": view.commissioner, "series": row.series, "number": row.number, "pages": view.pages,
        "issued": row.issued.iso if row.issued else "", "domain": row.domain.value if row.domain else "",
        "keywords": view.keywords, "licence": view.licence.value if view.licence else "",
        "identifier": view.identifier, "body": view.body, "in_force_from": view.in_force_from,
        "repealed_on": view.repealed_on, "audience": row.audience.value, "version": view.version,
        "zone_key": view.zone_key, "zone_name": view.zone_name,
    }  # fmt: skip


class WithdrawForm(HouseForm):
    """Why a resource leaves."""

    why = forms.CharField(
        label=_("Pourquoi la retirer"), max_length=300, help_text=_("Qui a gardé l’adresse lira cette phrase.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(HouseForm):
    """A file to join."""

    file = forms.FileField(
        label=_("Fichier"), help_text=_("PDF, image ou document de bureau sans macro, 10 Mo au plus.")
    )

    def clean_file(self) -> Any:
        """Not above the limit: the rest is told from the content."""
        sent = self.cleaned_data["file"]
        if sent.size > MAX_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 10 Mo : réduisez-le, ou donnez plutôt un lien."))
        return sent


class CaptionsForm(HouseForm):
    """Captions, as a file."""

    captions = forms.FileField(
        label=_("Sous-titres"),
        help_text=_("Un fichier WebVTT (.vtt) ou SubRip (.srt). On y cherchera, et on ouvrira la vidéo à la seconde."),
    )
