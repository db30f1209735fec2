"""Addresses of partners without account: the token of a letter, then the relay that it opened."""

from django.urls import URLPattern, path

from ensemblier.web.partner import views

urlpatterns: list[URLPattern] = [
    path("repondre/<str:token>/", views.enter, name="partner-enter"),
    path("repondre/<str:token>/nouveau/", views.another_link, name="partner-new-link"),
    path("partenaire/<uuid:uid>/", views.relay, name="partner"),
    path("partenaire/<uuid:uid>/documents/<uuid:document>/", views.document, name="partner-document"),
    path("partenaire/<uuid:uid>/<slug:name>/", views.gesture, name="partner-gesture"),
]
