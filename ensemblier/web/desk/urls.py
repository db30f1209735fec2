"""Addresses of the phone desk."""

from django.urls import URLPattern, path

from ensemblier.web.desk import calls, caseload

urlpatterns: list[URLPattern] = [
    path("accueil/appel/", calls.call, name="desk-call"),
    path("accueil/appel/portes/", calls.doors, name="desk-doors"),
    path("accueil/appel/garder/", calls.keep, name="desk-keep"),
    path("dossiers/importer/", caseload.bring, name="caseload"),
    path("dossiers/importer/retour/", caseload.give_back, name="caseload-back"),
]
