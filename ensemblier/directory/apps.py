"""Registration of the app with Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "ensemblier.directory"
    label = "directory"
    verbose_name = "Annuaire"
