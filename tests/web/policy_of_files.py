"""Who gets what at each page of a file, written by hand: read by test_access_matrix.py."""

import re

from tests.web.matrix import Route

ONLY_CHLOE = "in 403 200 403 403"
CHLOE_GOES = "in 403 go 403 403"
CHLOE_TOO_SHORT = "in 403 400 403 403"
"""Only Chloé opens the file; her form then misses a field."""
SEEN = (ONLY_CHLOE, ONLY_CHLOE)
"""A page that only reads: a form posted to it changes nothing."""
FORM = (ONLY_CHLOE, CHLOE_TOO_SHORT)
BUTTON = (CHLOE_GOES, CHLOE_GOES)
"""A button: back to its page, whatever was sent."""
OF_A_FILE = {
    "plan/": SEEN,
    "plan/etapes/nouvelle/": FORM,
    "plan/etapes/<uuid:step>/": FORM,
    "plan/etapes/<uuid:step>/ou/": FORM,
    "plan/proposer/": BUTTON,
    "plan/signer/<uuid:version>/": BUTTON,
    "plan/versions/": SEEN,
    "plan/plan.pdf": SEEN,
    "financement/": SEEN,
    "financement/nouvelle/": FORM,
    "financement/<uuid:training>/": FORM,
    "financement/<uuid:training>/depense/": FORM,
    "financement/<uuid:training>/depense/<uuid:cost>/": FORM,
    "financement/<uuid:training>/depense/<uuid:cost>/retirer/": BUTTON,
    "financement/<uuid:training>/demande/": FORM,
    "financement/<uuid:training>/demande/<uuid:funding>/": FORM,
    "financement/<uuid:training>/demande/<uuid:funding>/retirer/": BUTTON,
    "calendrier/": SEEN,
    "calendrier/nouvelle/": FORM,
    "calendrier/<uuid:activity>/": FORM,
    "calendrier/<uuid:activity>/retirer/": BUTTON,
    "rendez-vous/": SEEN,
    "rendez-vous/nouveau/": FORM,
    "rendez-vous/agenda/": (CHLOE_GOES, ONLY_CHLOE),
    "rendez-vous/<uuid:appointment>/": FORM,
    "rendez-vous/<uuid:appointment>/dire/": BUTTON,
    "rendez-vous/<uuid:appointment>/rendez-vous.ics": SEEN,
    "documents/": SEEN,
    "documents/nouveau/": FORM,
    "documents/<uuid:document>/": SEEN,
    "documents/<uuid:document>/detruire/": BUTTON,
    "synthese/": SEEN,
    "synthese/ecrire/": FORM,
    "synthese/<uuid:synthesis>/proposer/": BUTTON,
    "synthese/<uuid:synthesis>/signer/": BUTTON,
    "synthese/<uuid:synthesis>/synthese.pdf": SEEN,
    "plan/metier/": SEEN,
}
# a document that a relay carries, and the calendar of a secret address: nothing for who does not hold them
ELSEWHERE = {
    "relais/<uuid:relay>/documents/<uuid:document>/": Route(
        "relais/{file}/documents/{document}/", "in 403 404 403 403", "in 403 404 403 403"
    ),
    "agenda/<str:token>/rendez-vous.ics": Route("agenda/inconnu/rendez-vous.ics", "404", "404"),
}
MINE = "mon-espace/dossiers/<uuid:uid>/"


def filled(address: str) -> str:
    """Names of the ground in the place of the converters."""
    return re.sub("<uuid:(.*?)>", r"{\1}", address.replace("<uuid:uid>", "{file}"))
