"""Registration of the app with Django."""

from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "ensemblier.journey"
    label = "journey"
    verbose_name = "Parcours"
