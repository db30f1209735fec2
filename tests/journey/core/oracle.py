"""The machine as its authors meant it, written by hand. Never import the table of the product here.

One line per move: who | from | to | needs a live consent. Everything that no line allows is refused.
"""

TABLE = """
propose       | source           | draft                                                  | awaiting_person  | no
send          | person paper     | draft awaiting_person                                  | sent             | consent
acknowledge   | recipient        | sent                                                   | acknowledged     | consent
release       | recipient clock  | acknowledged                                           | sent             | no
request_info  | recipient        | acknowledged                                           | info_requested   | consent
give_info     | source person    | info_requested                                         | acknowledged     | consent
accept        | recipient        | sent acknowledged                                      | accepted         | consent
decline       | recipient        | sent acknowledged info_requested                       | declined         | no
meet          | recipient        | accepted                                               | in_progress      | consent
complete      | recipient        | in_progress                                            | completed        | no
fail          | recipient        | accepted in_progress                                   | failed           | no
withdraw      | person           | draft awaiting_person sent acknowledged info_requested accepted in_progress | withdrawn | no
cancel        | source           | draft awaiting_person sent acknowledged info_requested | cancelled        | no
expire        | clock            | awaiting_person sent acknowledged info_requested accepted | expired       | no
mark_error    | administrator    | draft awaiting_person sent acknowledged info_requested accepted in_progress completed declined withdrawn cancelled failed expired | entered_in_error | no
"""  # noqa: E501

STATES = (
    *("draft", "awaiting_person", "sent", "acknowledged", "info_requested", "accepted", "in_progress"),
    *("completed", "declined", "withdrawn", "cancelled", "failed", "expired", "entered_in_error"),
)
FINAL = STATES[7:]
PARTIES = ("person", "paper", "source", "recipient", "clock", "administrator", "coordinator", "outsider")
MOVES = tuple(line.split("|")[0].strip() for line in TABLE.strip().splitlines())

# What is seen with a live consent: person, source, recipient, a third party on the file.
VIEWS = {
    "draft": ("whole", "whole", "nothing", "nothing"),
    "awaiting_person": ("whole", "whole", "nothing", "nothing"),
    "sent": ("whole", "state", "envelope", "somebody"),
    "acknowledged": ("whole", "state", "summary", "somebody"),
    "info_requested": ("whole", "state", "summary", "somebody"),
    "accepted": ("whole", "state", "summary", "somebody"),
    "in_progress": ("whole", "state", "summary", "somebody"),
    "completed": ("whole", "state", "summary", "somebody"),
    "declined": ("whole", "state", "stub", "somebody"),
    "withdrawn": ("whole", "state", "stub", "somebody"),
    "cancelled": ("whole", "state", "stub", "somebody"),
    "failed": ("whole", "state", "stub", "somebody"),
    "expired": ("whole", "state", "stub", "somebody"),
    "entered_in_error": ("whole", "state", "stub", "nothing"),
}

# A wish that must be refused even when everything else is right: move, fields of the act, the refusal named.
BAD = (
    ("propose", {"offered": ()}, "no_offer"),
    ("propose", {"shown": ""}, "not_what_was_shown"),
    ("propose", {"offered": (1, 2)}, "no_offer"),
    ("send", {"recipient": None}, "no_choice"),
    ("send", {"recipient": 7}, "no_choice"),
    ("send", {"sent": "another text"}, "not_what_was_shown"),
    ("send", {"channel": None}, "no_choice"),
    ("send", {"proof": ""}, "no_proof"),  # by paper only
    ("acknowledge", {"adviser": None}, "no_adviser"),
    ("request_info", {"reason": " "}, "no_reason"),
    ("give_info", {"categories": frozenset({"health"})}, "consent"),
    ("accept", {"adviser": None}, "no_adviser"),
    ("accept", {"appointment_at": None}, "no_appointment"),
    ("decline", {"reason": "because"}, "no_reason"),
    ("decline", {"proposal": ""}, "no_reason"),
    ("meet", {"met_at": None}, "no_meeting"),
    ("complete", {"outcome": "no_show"}, "no_outcome"),
    ("fail", {"outcome": "answered"}, "no_outcome"),
    ("fail", {"attempts": ("phone", "phone", "phone")}, "not_tried_enough"),
    ("fail", {"attempts": ("phone", "email")}, "not_tried_enough"),
    ("mark_error", {"second_person": None}, "no_second_person"),
    ("mark_error", {"second_person": 20}, "no_second_person"),
)


def expected(move: str, party: str, state: str, has_consent: bool) -> str | None:
    """The state reached when all the fields are right; None when the move must be refused."""
    for line in TABLE.strip().splitlines():
        name, who, sources, target, need = (cell.strip() for cell in line.split("|"))
        if name == move and party in who.split() and state in sources.split():
            return target if has_consent or need == "no" else None
    return None
