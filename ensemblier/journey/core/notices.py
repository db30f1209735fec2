"""Who is told what when a relay moves, in words that give nothing away to whoever looks over a shoulder.

A message says that something happened and where to read it: no name, no operator, no need, no health word, not even the
recipient's, which may reveal a handicap. tests/journey/core/test_notices.py reads them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ensemblier.journey.core.relay import Relay
from ensemblier.journey.core.states import Move, Party


class Audience(StrEnum):
    """To whom. `RECIPIENT`: the named adviser when there is one, else the desk; `SYSTEMS`: signed webhooks."""

    PERSON = "person"
    SOURCE = "source"
    RECIPIENT = "recipient"
    TEAM_LEAD = "team_lead"
    SYSTEMS = "systems"


_P, _S, _R = Audience.PERSON, Audience.SOURCE, Audience.RECIPIENT

# Who is told of each move, when they are concerned at all: the recipient of what was sent, the person of what she was
# shown, and never who just made the move.
_TOLD: Mapping[Move, frozenset[Audience]] = {
    Move.PROPOSE: frozenset({_P}),
    Move.SEND: frozenset({_P, _S, _R}),
    Move.ACKNOWLEDGE: frozenset({_P, _S}),
    Move.RELEASE: frozenset({_R}),
    Move.REQUEST_INFO: frozenset({_P, _S}),
    Move.GIVE_INFO: frozenset({_P, _R}),
    Move.ACCEPT: frozenset({_P, _S}),
    Move.DECLINE: frozenset({_P, _S}),
    Move.MEET: frozenset({_P, _S}),
    Move.COMPLETE: frozenset({_P, _S}),
    Move.FAIL: frozenset({_P, _S}),
    Move.WITHDRAW: frozenset({_P, _S, _R}),
    Move.CANCEL: frozenset({_P, _R}),
    Move.EXPIRE: frozenset({_P, _S, _R}),
    Move.MARK_ERROR: frozenset({_P, _S, _R}),
}
STOPS_WHAT_WAITS = frozenset({Move.WITHDRAW, Move.CANCEL, Move.MARK_ERROR})
"""After these, what has not left yet for the recipient never leaves."""


def told(move: Move, party: Party, after: Relay) -> frozenset[Audience]:
    """Who is told of that move; systems always are, so that each change has its message."""
    concerned = {_S, Audience.SYSTEMS}
    if after.shown:
        concerned.add(_P)
    if after.sent_at is not None:
        concerned.add(_R)
    # The source knows what it recorded on paper; the person is told of it, by another way than the paper.
    silent = {_S} if party in (Party.SOURCE, Party.PAPER) else set()
    if move is Move.GIVE_INFO and party is Party.PERSON:
        silent = {_P}
    return ((_TOLD[move] | {Audience.SYSTEMS}) & concerned) - silent


@dataclass(frozen=True, slots=True)
class Words:
    """A subject, and a few gentle sentences."""

    subject: str
    text: str


_HELLO = "Un message vous attend"
_NEWS = "Du nouveau sur un relais"
_YOURS = "Un relais attend votre réponse"
_REMINDER = "Rappel : un relais attend votre réponse"

WORDS: Mapping[tuple[str, Audience], Words] = {
    ("propose", _P): Words(_HELLO, "Une proposition vous attend dans votre espace. Vous choisissez, ou rien ne part."),
    ("send", _P): Words(_HELLO, "Votre demande est partie. Vous pouvez l’arrêter à tout moment, sans dire pourquoi."),
    ("send.paper", _P): Words(
        _HELLO,
        "Un accord signé par vous sur papier a été enregistré. Si ce n’est pas le vôtre, dites-le dans les 48 heures : "
        "un clic l’arrête.",
    ),
    ("send", _S): Words(_NEWS, "La personne a choisi et le relais est parti. Vous en suivez l’état ici."),
    ("send.by_link", _S): Words(
        _NEWS,
        "La personne a choisi et le relais est parti. Personne n’a de compte là-bas : ouvrez le relais, envoyez le "
        "lien pour répondre, puis donnez son code par téléphone.",
    ),
    ("send", _R): Words(_YOURS, "Un relais vous est adressé. Prenez-le en main, acceptez ou déclinez en deux clics."),
    ("acknowledge", _P): Words(_HELLO, "Quelqu’un a pris votre demande en main."),
    ("acknowledge", _S): Words(_NEWS, "Le relais est pris en main."),
    ("release", _R): Words(
        _YOURS, "Un relais est revenu au guichet : il attend quelqu’un. Son échéance reste la même."
    ),
    ("request_info", _P): Words(_HELLO, "Il manque une précision pour avancer. Vous pouvez la donner, ou non."),
    ("request_info", _S): Words(_YOURS, "Une précision est demandée pour avancer."),
    ("give_info", _P): Words(
        _HELLO, "Une précision a été donnée pour votre demande. Vous pouvez la lire, et tout arrêter si vous voulez."
    ),
    ("give_info", _R): Words(_NEWS, "La précision demandée est arrivée."),
    ("accept", _P): Words(_HELLO, "Votre demande est acceptée, un rendez-vous vous est proposé."),
    ("accept", _S): Words(_NEWS, "Le relais est accepté, un rendez-vous est proposé."),
    ("decline", _P): Words(_HELLO, "Cette porte ne convenait pas. Une suite se prépare avec vous."),
    ("decline", _S): Words(
        _YOURS, "Le relais est décliné, avec un motif. Une suite est à donner sous trois jours ouvrés."
    ),
    ("meet", _P): Words(_HELLO, "Votre premier rendez-vous est noté."),
    ("meet", _S): Words(_NEWS, "Le premier rendez-vous s’est tenu."),
    ("complete", _P): Words(_HELLO, "Votre demande a abouti. Deux questions vous attendent, si vous le voulez bien."),
    ("complete", _S): Words(_NEWS, "Le relais a abouti."),
    ("fail", _P): Words(_HELLO, "Votre demande n’a pas eu de suite. Une autre piste peut s’ouvrir avec vous."),
    ("fail", _S): Words(_YOURS, "Le relais est sans suite. Une suite est à donner sous trois jours ouvrés."),
    ("withdraw", _P): Words(_HELLO, "C’est arrêté, comme vous l’avez demandé. Rien d’autre n’est à faire."),
    ("withdraw", _S): Words(_NEWS, "La personne a mis fin au relais. Aucun motif ne lui est demandé."),
    ("withdraw", _R): Words(_NEWS, "La personne a mis fin au partage : ce relais ne vous est plus ouvert."),
    ("cancel", _P): Words(_HELLO, "Une proposition a été retirée. Votre espace dit ce qui vient ensuite."),
    ("cancel", _R): Words(_NEWS, "Un relais a été retiré par qui l’avait préparé. Rien n’est à faire."),
    ("expire", _P): Words(_HELLO, "Une demande est restée sans réponse à temps. Une suite se prépare avec vous."),
    ("expire", _S): Words(_YOURS, "Un relais est échu sans réponse. Une suite est à donner sous trois jours ouvrés."),
    ("expire", _R): Words(_NEWS, "L’échéance d’un relais est passée : il ne vous est plus ouvert."),
    ("mark_error", _P): Words(
        _HELLO, "Une erreur de saisie a été corrigée et l’accès fermé. Vous pouvez en demander plus."
    ),
    ("mark_error", _S): Words(_NEWS, "Un relais saisi par erreur est fermé. Un incident est ouvert."),
    ("mark_error", _R): Words(_NEWS, "Un relais saisi par erreur est fermé : n’en gardez rien."),
    ("file.ending", _P): Words(
        _HELLO,
        "Ce que vous aviez confié sera effacé dans deux mois. D’ici là, vous pouvez tout emporter depuis votre espace, "
        "ou nous dire que vous êtes toujours là.",
    ),
    ("file.erasing", _P): Words(
        _HELLO,
        "Comme vous l’avez demandé, ce que vous aviez confié sera effacé dans une semaine. D’ici là, vous pouvez tout "
        "emporter depuis votre espace, ou tout arrêter en un clic.",
    ),
    ("sharing_ending", _P): Words(
        _HELLO,
        "Un partage s’arrête bientôt tout seul. Rien n’est à faire. Votre espace permet de le prolonger ; un clic "
        "l’arrête dès maintenant.",
    ),
    ("reminder", _P): Words(_HELLO, "Une proposition vous attend toujours. Ne rien faire ne vous coûte rien."),
    ("reminder", _S): Words(_REMINDER, "Une précision est toujours attendue de vous."),
    ("reminder", _R): Words(_REMINDER, "Un relais attend toujours votre réponse."),
    ("meeting_reminder", _R): Words(_REMINDER, "Le premier contact d’un relais accepté est encore à noter."),
    ("check", _R): Words(_REMINDER, "Un relais est en cours depuis trois mois : où en est-il ?"),
    ("sequel_reminder", _S): Words(_REMINDER, "Un relais terminé attend la suite que vous lui donnez."),
    ("half", _R): Words(_REMINDER, "La moitié du temps de réponse d’un relais est passée."),
    ("late", Audience.TEAM_LEAD): Words(
        "Un relais de votre équipe approche de son échéance", "Un relais de votre équipe attend une réponse."
    ),
}
"""What is said, by (kind, audience). The kind of a move is its code."""

_SENSITIVE_END = "Ce message ne dit ni qui vous accompagne, ni pourquoi."


_WITHOUT_ACCOUNT = (
    "Vous n’avez pas de compte ici, et il n’en faut pas : l’expéditeur vous envoie un lien à part, et son code par "
    "téléphone. Un lien déjà reçu sert encore ; s’il ne s’ouvre plus, un bouton de sa page en demande un autre."
)


def body_of(words: Words, audience: Audience, links: Mapping[str, str]) -> str:
    """The text of an e-mail. `links`: "read", but for a desk where nobody has an account (a signed link and its code go
    to it apart); "stop" for a person who may stop sharing without an account."""
    lines = ["Bonjour,", words.text]
    if audience is Audience.PERSON:
        lines.append(f"Votre espace : {links['read']}")
        if "stop" in links:
            lines.append(f"Arrêter de partager, sans compte : {links['stop']}")
        lines.append(f"Ce n’était pas pour vous ? Ne faites rien. {_SENSITIVE_END}")
    elif "read" in links:
        lines.append(f"L’ouvrir : {links['read']}")
    else:
        lines.append(_WITHOUT_ACCOUNT)
    return "\n\n".join(lines) + "\n"


def short_of(links: Mapping[str, str]) -> str:
    """The text of an SMS, which a locked screen shows."""
    return f"Ensemblier : un message vous attend. {links['read']}"


def kind_of(move: Move, party: Party) -> str:
    """The kind of a move's notice; what was done on paper is said apart to the person."""
    return f"{move.value}.paper" if move is Move.SEND and party is Party.PAPER else move.value


def words_of(kind: str, audience: Audience) -> Words:
    """The words of a notice. A kind with a precision falls back on its move."""
    return WORDS.get((kind, audience)) or WORDS[(kind.partition(".")[0], audience)]
