"""Registration of the app with Django."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "ensemblier.territory"
    label = "territory"
    verbose_name = "Territoire"
