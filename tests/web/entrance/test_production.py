"""Production: what the settings promise, read from the settings themselves in a fresh interpreter."""

import json
import os
import subprocess
import sys

from django.test import Client, override_settings

from tests.paths import ROOT

PROBE = """
import json
from ensemblier.settings import production as s
names = ("SESSION_COOKIE_NAME", "PERSON_COOKIE_NAME", "DEVICE_COOKIE_NAME", "CSRF_COOKIE_NAME")
flags = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
         "SECURE_SSL_REDIRECT", "SECURE_CONTENT_TYPE_NOSNIFF", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "DEBUG",
         "SESSION_EXPIRE_AT_BROWSER_CLOSE")
values = ("SECURE_HSTS_SECONDS", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "SECURE_CROSS_ORIGIN_OPENER_POLICY",
          "SECURE_REFERRER_POLICY", "X_FRAME_OPTIONS")
print(json.dumps({n: getattr(s, n) for n in names + flags + values}))
"""


def production() -> dict[str, object]:
    """The settings of production, with the least that its environment must give."""
    environment = {**os.environ, "SECRET_KEY": "x" * 50, "DATABASE_URL": "postgresql://a@b/c"}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_cookies_and_headers_of_production() -> None:
    found = production()
    assert {str(found[name])[:7] for name in found if name.endswith("COOKIE_NAME")} == {"__Host-"}
    assert {name for name in found if found[name] is False} == {"DEBUG"}
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert (found["SESSION_COOKIE_SAMESITE"], found["CSRF_COOKIE_SAMESITE"]) == ("Lax", "Lax")
    assert found["SECURE_CROSS_ORIGIN_OPENER_POLICY"] == "same-origin"
    assert (found["SECURE_REFERRER_POLICY"], found["X_FRAME_OPTIONS"]) == ("same-origin", "DENY")


@override_settings(
    SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
)  # fmt: skip
def test_the_headers_are_sent_and_http_is_left(client: Client) -> None:
    assert client.get("/mes-droits/")["Location"].startswith("https://")
    answer = client.get("/mes-droits/", HTTP_X_FORWARDED_PROTO="https")
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
