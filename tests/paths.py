"""Where tests find data that is not of this project."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ENSEMBLIER_SHARED", ROOT.parent / "shared"))
"""Reference data of the developers; a user's machine has none: tests that need it skip and say so."""
