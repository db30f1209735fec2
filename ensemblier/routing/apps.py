"""Registration of the app with Django."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "ensemblier.routing"
    label = "routing"
    verbose_name = "Orientation"
