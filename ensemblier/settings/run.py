"""`make run`: one machine, http on the loopback, secrets kept in `var/`."""

from ensemblier.settings.base import *  # noqa: F403
from ensemblier.settings.base import ROOT, SECRET_KEY
from ensemblier.settings.secret import secret_of

SECRET_KEY = SECRET_KEY or secret_of(ROOT / "var" / "secret-key")
