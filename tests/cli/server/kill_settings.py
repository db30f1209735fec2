"""The settings of `make run`, with the static files of the tests: what is killed is what users have."""

from ensemblier.settings.run import *  # noqa: F403

SECRET_KEY = "tests only"  # noqa: S105
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
