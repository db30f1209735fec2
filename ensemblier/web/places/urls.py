"""Addresses of the public pages of the directory."""

from django.urls import URLPattern, path

from ensemblier.web.places import territories

urlpatterns: list[URLPattern] = [
    path("territoires/", territories.find, name="territory"),
]
