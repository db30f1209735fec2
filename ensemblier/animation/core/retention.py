"""How long what names somebody is kept in the animation of a territory. A test reads the tables against these rules."""

from dateutil.relativedelta import relativedelta

GUEST_DAYS = 30
"""Name and address of somebody without an account: until so many days after the event."""
SURVEY = relativedelta(months=13)
"""That somebody answered the question of a month: only to ask once, and not for ever."""
LETTER = relativedelta(years=2)

SAYS: dict[str, str] = {
    "animation_registration": "name email: 30 days after the event; then a place without a name remains, for counts",
    "animation_evaluation": "words that name nobody; no link to who gave them; as long as the event",
    "animation_surveytaken": "13 months",
    "animation_circlemember": "until one leaves: at that instant name and address go, a fingerprint stays",
    "animation_circleletter": "2 years",
    "animation_digestsubscription": "until one leaves, or the account is closed",
    "animation_eventfeed": "until it is changed, or the account is closed",
    "animation_cellmember": "as long as the page: what a professional did in her function",
    "animation_workinggroupmember": "as long as the page: what a professional did in her function",
    "animation_commitment": "as long as the page: what a professional did in her function",
    "animation_question": "as long as the community: signed by an account, which can be erased from it",
    "animation_answer": "as long as the community: signed by an account, which can be erased from it",
    "animation_usefulmark": "as long as the answer",
}
"""Every table that names somebody, or points to an account, with its rule."""
