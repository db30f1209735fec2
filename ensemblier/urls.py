"""The doors on the web: pages at the root, the interface for programs under /api/."""

from django.urls import include, path

urlpatterns = [
    path("", include("ensemblier.web.urls")),
    path("api/", include("ensemblier.api.urls")),
]
