"""Words of the library's pages: dates as far as they are known, seconds of a film, verbs of the history."""

from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext as _

from ensemblier.library.core.kinds import DatePrecision
from ensemblier.library.core.notices import Issued
from ensemblier.web.templatetags import french

register = template.Library()


@register.filter
def issued_words(value: Issued) -> str:
    """ "2019", "novembre 2019", "29 novembre 2019"."""
    if value.precision is DatePrecision.YEAR:
        return str(value.on.year)
    whole = french.day_words(value.on)
    return whole if value.precision is DatePrecision.DAY else " ".join(whole.split()[1:])


@register.filter
def at_second(address: str, second: int) -> str:
    """The address of a film, opened at a second: a media fragment, or what the players of PeerTube understand."""
    if "/w/" in address or "/videos/watch/" in address:
        return f"{address}{'&' if urlsplit(address).query else '?'}start={second}s"
    return f"{address.partition('#')[0]}#t={second}"


@register.filter
def verb_words(verb: str) -> str:
    """A verb of the history in words."""
    known = {
        "deposit_resource": _("déposée"),
        "correct_resource": _("modifiée"),
        "confirm_resource": _("relue"),
        "withdraw_resource": _("retirée"),
        "attach_file": _("fichier joint"),
        "detach_file": _("fichier enlevé"),
        "write_transcript": _("transcription ajoutée"),
        "harvest_resource": _("moissonnée"),
    }
    return known.get(verb, verb)
