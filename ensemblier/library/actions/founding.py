"""The founding texts stand in every library; twice changes nothing."""

from datetime import date

from ensemblier.kernel.actor import SYSTEM
from ensemblier.library.actions.intake import Taken, source_named, take_notices
from ensemblier.library.core.founding import FOUNDING, SOURCE
from ensemblier.library.models import Resource
from ensemblier.library.sql.index import count_words


def deposit_founding_texts(*, on: date) -> Taken:
    """Write their notices when one is missing; those that are there are left as they are."""
    done = Taken()
    names = [notice.identifier for notice in FOUNDING]
    known = set(Resource.objects.filter(identifier__in=names).order_by().values_list("identifier", flat=True))
    missing = [(notice.identifier, notice) for notice in FOUNDING if notice.identifier not in known]
    if missing:
        take_notices(missing, source_named(SOURCE, url="", actor=SYSTEM), done, actor=SYSTEM, on=on)
        count_words()
    return done
