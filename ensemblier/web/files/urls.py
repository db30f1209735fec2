"""Addresses of the persons' files. No name and no need ever stands in one."""

from django.urls import URLPattern, path

from ensemblier.web.files import lists, views

urlpatterns: list[URLPattern] = [
    path("dossiers/", lists.files, name="files"),
    path("dossiers/nouveau/", views.opening, name="open-file"),
    path("dossiers/<uuid:uid>/", views.file, name="file"),
]
