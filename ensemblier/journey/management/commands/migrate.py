"""`migrate`, then the second lock: a table never waits for its policies."""

from typing import Any

from django.core.management.commands import migrate

from ensemblier.journey.actions.regime import lock_tables


class Command(migrate.Command):
    """Django's own command, with the regime of the journey applied at its end."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then lock; nothing is locked by a plan or a check."""
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            lock_tables()
