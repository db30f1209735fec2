"""Settings of the benches: those of `make run`, with the page that only does `select 1` beside the real ones."""

import os

from ensemblier.settings.run import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["*"]
if os.environ.get("BENCH_DATABASE_URL"):
    import dj_database_url

    DATABASES = {"default": dict(dj_database_url.parse(os.environ["BENCH_DATABASE_URL"])) | {"CONN_MAX_AGE": 0}}
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 4, "timeout": 10}
