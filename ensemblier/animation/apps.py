"""Registration of the app with Django."""

from django.apps import AppConfig


class AnimationConfig(AppConfig):
    name = "ensemblier.animation"
    label = "animation"
    verbose_name = "Animation"
