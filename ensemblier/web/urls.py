"""Addresses of the pages, one list per audience; all names live in the namespace `web`."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ensemblier.web.public.urls")),
    path("", include("ensemblier.web.places.urls")),
    path("", include("ensemblier.web.library.urls")),
    path("", include("ensemblier.web.pro.urls")),
    path("", include("ensemblier.web.day.urls")),
    path("", include("ensemblier.web.files.urls")),
    path("", include("ensemblier.web.plan.urls")),
    path("", include("ensemblier.web.relays.urls")),
    path("", include("ensemblier.web.partner.urls")),
    path("", include("ensemblier.web.entrance.urls")),
    path("", include("ensemblier.web.person.urls")),
    path("", include("ensemblier.web.desk.urls")),
    path("", include("ensemblier.web.animation.urls")),
    path("", include("ensemblier.web.demonstration.urls")),
]
