"""Addresses of the pages for everybody."""

from django.urls import URLPattern, path

from ensemblier.web import offline
from ensemblier.web.public import answer, question

urlpatterns: list[URLPattern] = [
    path("", question.question, name="question"),
    path("communes/suggestions/", question.suggestions, name="suggestions"),
    path("reponse/", answer.answer, name="answer"),
    path("reponse/imprimer/", answer.printed, name="print"),
    path("widget/", question.widget, name="widget"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("hors-ligne/", offline.without_network, name="offline"),
]
