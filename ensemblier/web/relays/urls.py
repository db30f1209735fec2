"""Addresses of the relays. No name, no operator and no need ever stands in one."""

from django.urls import URLPattern, path

from ensemblier.web.relays import completing, errors, loops, queue, sending, views

urlpatterns: list[URLPattern] = [
    path("relais/", views.desk, name="relays"),
    path("dossiers/<uuid:uid>/relais/", views.of_file, name="file-relays"),
    path("dossiers/<uuid:uid>/relais/nouveau/", sending.new, name="new-relay"),
    path("relais/erreurs/", errors.reported, name="relay-errors"),
    path("relais/erreurs/<uuid:uid>/", errors.confirm, name="confirm-relay-error"),
    path("guichet/", queue.waiting, name="queue"),
    path("guichet/demande/", queue.ask, name="queue-ask"),
    path("guichet/<uuid:uid>/<slug:name>/", queue.gesture, name="queue-gesture"),
    path("relais/boucles/", loops.loops, name="loops"),
    path("relais/<uuid:uid>/", views.relay, name="relay"),
    path("relais/<uuid:uid>/modifier/", sending.edit, name="edit-relay"),
    path("relais/<uuid:uid>/relire/", sending.review, name="review-relay"),
    path("relais/<uuid:uid>/completer/", completing.complete, name="complete-relay"),
    path("relais/<uuid:uid>/lien/", views.send_link, name="relay-link"),
    path("relais/<uuid:uid>/<slug:name>/", views.gesture, name="relay-gesture"),
]
