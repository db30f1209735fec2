"""Registration of the app with Django."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "ensemblier.library"
    label = "library"
    verbose_name = "Bibliothèque"
