"""Settings shared by every way of running Ensemblier. Environment variables are documented in the README."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext

from ensemblier.settings.local_server import DATABASE, OWNER, PAGES, PORT, TASKS, place_of
from ensemblier.settings.providers import from_environment

django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parents[2]
DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
# Seals what the database must not hold in clear (second factors…); several, separated by commas: the first one seals.
SEALING_KEYS = [key for key in os.environ.get("SEALING_KEYS", "").split(",") if key]
ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "ensemblier.kernel.orm",
    "ensemblier.territory",
    "ensemblier.directory",
    "ensemblier.accounts",
    "ensemblier.routing",
    "ensemblier.library",
    "ensemblier.journey",
    "ensemblier.animation",
    "ensemblier.web",
]

MIDDLEWARE = [
    "ensemblier.web.middleware.VisitorAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ensemblier.web.middleware.ContentSecurityPolicy",
    "ensemblier.api.middleware.OpenInterface",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ensemblier.web.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ensemblier.web.errors.DomainErrorPages",
]

ROOT_URLCONF = "ensemblier.urls"
WSGI_APPLICATION = "ensemblier.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "ensemblier" / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ensemblier.web.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ensemblier.web.templatetags.house",
                "ensemblier.web.templatetags.pieces",
            ],
            "loaders": [
                (
                    "ensemblier.web.fragments.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    """DATABASE_URL when given, else the embedded server of this checkout by its Unix socket.

    ENSEMBLIER_ROLE (set by `ensemblier serve` for the pages and for the worker): as whom to connect. To a server that
    is not ours, DATABASE_URL_PAGES and DATABASE_URL_TASKS say it whole; without them everything uses DATABASE_URL.
    """
    role = os.environ.get("ENSEMBLIER_ROLE", OWNER)
    own_url = {PAGES: "DATABASE_URL_PAGES", TASKS: "DATABASE_URL_TASKS"}.get(role, "DATABASE_URL")
    if url := os.environ.get(own_url) or os.environ.get("DATABASE_URL"):
        return dict(dj_database_url.parse(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": role,
        "HOST": str(place_of(ROOT).socket),
        "PORT": str(PORT),
    }


# The pool replaces persistent connections; its short timeout turns an exhausted server into an error page within 3 s.
# Each connection is checked when it leaves the pool, so that a restarted database costs no error page.
DATABASES = {"default": _database() | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 3}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["ensemblier.accounts.actions.sign_in.LocalSignIn"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "web:sign-in"
LOGIN_REDIRECT_URL = "web:day"
LOGOUT_REDIRECT_URL = "web:question"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "ensemblier" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_DIRS = [
    ("bootstrap", ROOT / "node_modules" / "bootstrap" / "dist" / "css"),
    ("htmx", ROOT / "node_modules" / "htmx.org" / "dist"),
    ("fonts", ROOT / "node_modules" / "@fontsource" / "atkinson-hyperlegible" / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Source maps are for developers' tools: gathered, never compressed (it would take most of the first start).
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    "jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2", "map",
)  # fmt: skip

IDENTITY_PROVIDERS = from_environment()

# Two cookies, two sessions: a professional and a person may use the same browser, their rights never meet. Both end
# with the browser, after 30 minutes without use and after 12 hours (accounts/core/sessions.py).
SESSION_ENGINE = "ensemblier.accounts.adapters.sessions"
SESSION_COOKIE_NAME = "session"
PERSON_COOKIE_NAME = "personne"
DEVICE_COOKIE_NAME = "appareil"
CSRF_COOKIE_NAME = "csrf"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ensemblier.web.errors.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A document of 10 MB stays in memory until it is encrypted: nothing of it is ever written in clear.
FILE_UPLOAD_MAX_MEMORY_SIZE = 11_000_000
DOCUMENTS_FOLDER = Path(os.environ.get("DOCUMENTS_FOLDER", ROOT / "var" / "documents"))
# What was erased or stopped, kept outside of the database and of its backups: see docs/restore.md.
ERASURES_FOLDER = Path(os.environ.get("ERASURES_FOLDER", ROOT / "var" / "erasures"))

LIBRARY_FOLDER = Path(os.environ.get("LIBRARY_FOLDER", ROOT / "var" / "library"))

# Addresses of the proxies in front, separated by commas: what they say of the visitor's address is believed.
TRUSTED_PROXIES = frozenset(a.strip() for a in os.environ.get("TRUSTED_PROXIES", "").split(",") if a.strip())

# Requests per minute that one address may send to /api/, counted by each process; 0: no limit (a proxy does it).
API_PER_MINUTE = int(os.environ.get("API_PER_MINUTE", "600"))

# Open data that the product installs from the npm registry.
PACKAGES = ROOT / "node_modules"

# Messages that leave: nothing is sent by a means that has no address here; see the README.
PUBLIC_URL = os.environ.get("PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
SMTP_URL = os.environ.get("SMTP_URL", "")
MAIL_FROM = os.environ.get("MAIL_FROM", "")
MAIL_REPLIES = os.environ.get("MAIL_REPLIES", "")
SMS_URL = os.environ.get("SMS_URL", "")
SMS_TOKEN = os.environ.get("SMS_TOKEN", "")
SMS_SENDER = os.environ.get("SMS_SENDER", "Ensemblier")
WEBHOOKS_AT_HOME = os.environ.get("WEBHOOKS_AT_HOME", "") == "1"
