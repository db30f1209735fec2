"""Addresses of signing in and out, and of the language."""

from django.urls import URLPattern, path

from ensemblier.web.access import Who, page
from ensemblier.web.entrance import conventions, views

urlpatterns: list[URLPattern] = [
    path("connexion/", page(reads=False, who=Who.EVERYONE)(views.SignIn.as_view()), name="sign-in"),
    path("deconnexion/", page(reads=False, who=Who.EVERYONE)(views.SignOut.as_view()), name="sign-out"),
    path("pro/convention/", conventions.convention, name="convention"),
    path("langue/<str:code>/", views.language, name="language"),
]
