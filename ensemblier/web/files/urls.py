"""Addresses of the persons' files. No name and no need ever stands in one."""

from django.urls import URLPattern, path

from ensemblier.web.files import duplicates, journal, lists, more, rows, support, views, welcome

urlpatterns: list[URLPattern] = [
    path("dossiers/", lists.files, name="files"),
    path("dossiers/nouveau/", views.opening, name="open-file"),
    path("dossiers/nouveau/<uuid:contact>/", views.opening_from, name="open-file-from"),
    path("dossiers/remplacer/", welcome.replacing, name="replace"),
    path("dossiers/doublons/", duplicates.pairs, name="file-duplicates"),
    path("dossiers/doublons/proposer/", duplicates.propose, name="propose-merge"),
    path("dossiers/doublons/<uuid:merge>/<slug:name>/", duplicates.decide, name="decide-merge"),
    path("accueil/", welcome.welcome, name="welcome"),
    path("dossiers/<uuid:uid>/", views.file, name="file"),
    path("dossiers/<uuid:uid>/identite/", views.identity, name="file-identity"),
    path("dossiers/<uuid:uid>/demande/", views.words_of_request, name="file-request"),
    path("dossiers/<uuid:uid>/reponses/", views.qualities, name="file-qualities"),
    path("dossiers/<uuid:uid>/notes/", more.notes, name="file-notes"),
    path("dossiers/<uuid:uid>/lecture/", more.reading, name="file-reading"),
    path("dossiers/<uuid:uid>/besoins/<uuid:need>/partenaires/", more.circle, name="need-circle"),
    path("dossiers/<uuid:uid>/suivi/<slug:name>/", support.gesture, name="file-gesture"),
    path("dossiers/<uuid:uid>/journal/", journal.journal, name="file-journal"),
    path("dossiers/<uuid:uid>/journal/geler/", journal.freeze, name="freeze-file"),
    path("dossiers/<uuid:uid>/journal/effacer/", journal.erase, name="erase-file"),
    path("dossiers/<uuid:uid>/journal/decider/<slug:name>/", journal.decide, name="decide-file"),
    path("dossiers/<uuid:uid>/<slug:kind>/ajouter/", rows.add, name="file-add"),
    path("dossiers/<uuid:uid>/<slug:kind>/<uuid:row>/corriger/", rows.correct, name="file-correct"),
]
