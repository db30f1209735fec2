"""Production: SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL from the environment, https in front."""

import os

from ensemblier.settings.base import *  # noqa: F403

SECRET_KEY = os.environ["SECRET_KEY"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# « __Host- »: the browser itself refuses such a cookie from http, from a subdomain, or for a part of the site.
SESSION_COOKIE_NAME = "__Host-session"
PERSON_COOKIE_NAME = "__Host-personne"
DEVICE_COOKIE_NAME = "__Host-appareil"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
