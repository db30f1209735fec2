"""Addresses of the pages of signed-in professionals."""

from django.urls import URLPattern, path

from ensemblier.web.pro import calls

urlpatterns: list[URLPattern] = [
    path("pro/", calls.who, name="directory"),
]
