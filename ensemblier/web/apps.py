"""Registration of the pages: templates, static files and template tags; no table."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ensemblier.web"
    label = "web"
    verbose_name = "Pages"
