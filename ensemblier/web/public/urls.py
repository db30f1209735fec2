"""Addresses of the pages for everybody."""

from django.urls import URLPattern, path

from ensemblier.web import offline
from ensemblier.web.public import answer, callback, info, question

urlpatterns: list[URLPattern] = [
    path("", question.question, name="question"),
    path("communes/suggestions/", question.suggestions, name="suggestions"),
    path("reponse/", answer.answer, name="answer"),
    path("reponse/imprimer/", answer.printed, name="print"),
    path("rappel/", callback.callback, name="callback"),
    path("rappel/demande/", callback.done, name="callback-done"),
    path("mes-droits/", info.rights, name="rights"),
    path("regles/", info.rules, name="rules"),
    path("accessibilite/", info.accessibility, name="accessibility"),
    path("vos-donnees/", info.privacy, name="privacy"),
    path("integrer/", info.embed, name="embed"),
    path("widget/", question.widget, name="widget"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("hors-ligne/", offline.without_network, name="offline"),
]
