"""Bringing the second lock of the database to what this version says: after each migration, and after a restore."""

from ensemblier.journey.sql.regime import Applied, apply_regime


def lock_tables() -> Applied:
    """Roles, functions, policies and rights, as the files of this version say. Raises RuleViolated (no right to)."""
    return apply_regime()
