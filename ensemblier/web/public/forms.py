"""The form of the five questions: nothing is pre-ticked, nothing is stored, an unticked box is not a "no"."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.edition import Editions
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status
from ensemblier.routing.queries.surroundings import known_commune
from ensemblier.territory.core.naming import parse_search, plain, search_key
from ensemblier.territory.core.views import CommuneHit, CommuneView
from ensemblier.territory.queries.communes import search_communes
from ensemblier.web.errors import sentence
from ensemblier.web.public import choices

MAX_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answered, ready for the orientation and for the sentence "you said"."""

    commune: CommuneView
    facts: PersonFacts
    wish: Operator | None
    words: str
    is_hard_to_move: bool
    asks_contract: bool
    """Works by seasons and did not say whether a contract runs today."""
    tags: tuple[choices.Words, ...]
    again: tuple[tuple[str, str], ...]
    """(name, value) pairs that post the same answers again."""


class Shared(dict[str, forms.Field]):
    """Fields that no form of the class changes: copying them for each request would cost more than reading it."""

    def __deepcopy__(self, _memo: dict[int, object]) -> "Shared":
        return self


class CommuneForm(forms.Form):
    """A commune as people say it. `candidates` are those to choose from when the text names several."""

    commune = forms.CharField(
        label=gettext_lazy("Où habitez-vous ?"),
        max_length=120,
        error_messages={"required": gettext_lazy("Écrivez le nom de votre commune, ou son code postal.")},
    )
    commune_code = forms.CharField(required=False, max_length=5)
    commune_for = forms.CharField(required=False, max_length=120)

    def __init__(self, *args: Any, on: date, editions: Editions | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.editions = editions
        self.candidates: list[CommuneHit] = []
        self.found: CommuneView | None = None

    def clean(self) -> dict[str, Any]:
        """Finds the commune; several candidates are an error that shows a choice."""
        cleaned = super().clean() or {}
        text = cleaned.get("commune", "")
        if text:
            try:
                self.found = self._commune(text, cleaned.get("commune_code", ""), cleaned.get("commune_for", ""))
            except NotFound as missing:
                self.add_error("commune", sentence(missing))
        return cleaned

    def _commune(self, text: str, code: str, code_for: str) -> CommuneView | None:
        if code and plain(code_for) == plain(text):
            return known_commune(self.editions, code, self.on)
        hits = search_communes(text, limit=12)
        key = search_key(parse_search(text).name)
        same = [hit for hit in hits if search_key(hit.name) == key]
        sure = same if same else [hit for hit in hits if key in search_key(hit.name) or key in search_key(hit.matched)]
        if len(sure) == 1 and (same or len(hits) == 1):
            return known_commune(self.editions, sure[0].code, self.on)
        if not hits:
            self.add_error(
                "commune",
                _("Nous ne trouvons pas cette commune. Écrivez son nom en entier, ou son code postal à 5 chiffres."),
            )
            return None
        self.candidates = hits
        self.add_error("commune", _("Plusieurs communes peuvent être la vôtre. Choisissez dans la liste."))
        return None


class QuestionForm(CommuneForm):
    """The five questions."""

    situation = forms.MultipleChoiceField(
        label=gettext_lazy("Quelle est votre situation aujourd’hui ?"),
        choices=choices.pairs(choices.SITUATIONS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Cochez au moins une case. « Autre chose, ou je ne sais pas » est une réponse.")
        },
    )
    age = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Quel âge avez-vous ?"),
        choices=choices.pairs(choices.AGES),
        widget=forms.RadioSelect,
    )
    points = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Est-ce que l’une de ces phrases est vraie ?"),
        choices=choices.pairs(choices.POINTS),
        widget=forms.CheckboxSelectMultiple,
    )
    non = forms.MultipleChoiceField(required=False, choices=[(str(q), str(q)) for q in Quality])
    but = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Qu’est-ce qui vous aiderait ?"),
        choices=choices.pairs(choices.PURPOSES),
        widget=forms.RadioSelect,
    )
    contrat = forms.ChoiceField(required=False, choices=[("non", "non")])
    mots = forms.CharField(required=False, max_length=MAX_WORDS, label=gettext_lazy("Avec vos mots"))
    souhait = forms.ChoiceField(required=False, choices=[(str(o), o.label) for o in Operator])

    def clean(self) -> dict[str, Any]:
        """Also: "none of them" beside another sentence is a contradiction."""
        cleaned = super().clean()
        if choices.NONE_OF_THEM in cleaned.get("points", []) and set(cleaned["points"]) & set(choices.ASKED_QUALITIES):
            self.add_error(
                "points", _("Vous avez coché « Aucune de ces phrases » et une autre phrase. Gardez l’une ou l’autre.")
            )
        return cleaned

    def answer(self) -> Said:
        """What was said. Call it on a valid form only."""
        cleaned = self.cleaned_data
        if self.found is None:
            raise ValueError("the form is not valid")
        situation, points = cleaned["situation"], cleaned["points"]
        words = " ".join(cleaned["mots"].split())
        tags: list[choices.Words] = [f"{self.found.name} ({', '.join(self.found.postcodes[:1]) or self.found.code})"]
        tags += choices.said(choices.SITUATIONS, situation) + choices.said(choices.AGES, [cleaned["age"]])
        tags += choices.said(choices.POINTS, points) + choices.said(choices.PURPOSES, [cleaned["but"]])
        return Said(
            commune=self.found,
            facts=self._facts(situation, points),
            wish=Operator(cleaned["souhait"]) if cleaned["souhait"] else None,
            words=words,
            asks_contract=(
                Quality.SEASONAL in situation
                and Status.EMPLOYEE_PRIVATE not in situation
                and cleaned["contrat"] != "non"
            ),
            is_hard_to_move=choices.HARD_TO_MOVE in points,
            tags=tuple(tags),
            again=self._again(),
        )

    def _facts(self, situation: list[str], points: list[str]) -> PersonFacts:
        cleaned = self.cleaned_data
        statuses = frozenset(Status(value) for value in situation if value in set(Status))
        qualities: dict[Quality, bool | None] = dict.fromkeys(Quality)
        if choices.NONE_OF_THEM in points:
            qualities |= dict.fromkeys(choices.ASKED_QUALITIES, False)
        qualities |= {Quality(value): False for value in cleaned["non"]}
        qualities |= {Quality(value): True for value in points if value in set(Quality)}
        qualities[Quality.SEASONAL] = True if Quality.SEASONAL in situation else qualities[Quality.SEASONAL]
        place = self.found
        return PersonFacts(
            age_band=AgeBand(cleaned["age"]) if cleaned["age"] in set(AgeBand) else None,
            statuses=statuses or None,
            qualities=qualities,
            purpose=Purpose(cleaned["but"]) if cleaned["but"] in set(Purpose) else None,
            region_code=place.region_code if place else None,
            departement_code=place.departement_code if place else None,
        )

    def _again(self) -> tuple[tuple[str, str], ...]:
        cleaned = self.cleaned_data
        found = self.found
        again = [("commune", cleaned["commune"]), ("commune_for", cleaned["commune"])]
        again += [("commune_code", found.code)] if found else []
        again += [("situation", value) for value in cleaned["situation"]]
        again += [("points", value) for value in cleaned["points"]] + [("non", value) for value in cleaned["non"]]
        again += [(name, cleaned[name]) for name in ("age", "but", "mots", "souhait", "contrat") if cleaned[name]]
        return tuple(again)


QuestionForm.base_fields = Shared(QuestionForm.base_fields)
