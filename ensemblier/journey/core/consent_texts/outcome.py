"""The texts for being asked, later, what a relay brought: separate from the relay itself."""

from datetime import date

from ensemblier.journey.core.consent import Category, Purpose
from ensemblier.journey.core.consent_texts.wording import ConsentText, Wording

_SINCE = date(2026, 11, 1)

FRENCH = ConsentText(
    purpose=Purpose.OUTCOME,
    number=1,
    language="fr",
    wording=Wording.FULL,
    since=_SINCE,
    title="Mon accord pour donner des nouvelles",
    sentences=(
        "J’accepte que {recipient} me joigne une fois, pour savoir ce que le relais m’a apporté : {why}.",
        "Cet accord finit le {last_day} au plus tard. Je peux dire stop à tout moment, sans donner de raison.",
        "Si je dis non, rien d’autre ne change : ni mon accompagnement, ni mes relais.",
    ),
    lines=((Category.IDENTITY, "mon nom et le moyen de me joindre"),),
    health="",
)

EASY_FRENCH = ConsentText(
    purpose=Purpose.OUTCOME,
    number=1,
    language="fr",
    wording=Wording.EASY,
    since=_SINCE,
    title="Donner de vos nouvelles",
    sentences=(
        "{recipient} peut vous appeler une fois.",
        "C’est pour : {why}.",
        "Votre accord s’arrête au plus tard le {last_day}.",
        "Vous pouvez dire stop quand vous voulez.",
        "Si vous dites non, rien ne change pour vous.",
    ),
    lines=((Category.IDENTITY, "votre nom et votre téléphone"),),
    health="",
)

ENGLISH = ConsentText(
    purpose=Purpose.OUTCOME,
    number=1,
    language="en",
    wording=Wording.FULL,
    since=_SINCE,
    title="My agreement to give news",
    sentences=(
        "I agree that {recipient} contacts me once, to know what the relay brought me: {why}.",
        "This agreement ends on {last_day} at the latest. I can say stop at any time, without giving a reason.",
        "If I say no, nothing else changes: neither my support nor my relays.",
    ),
    lines=((Category.IDENTITY, "my name and how to reach me"),),
    health="",
)

EASY_ENGLISH = ConsentText(
    purpose=Purpose.OUTCOME,
    number=1,
    language="en",
    wording=Wording.EASY,
    since=_SINCE,
    title="Give your news",
    sentences=(
        "{recipient} can call you once.",
        "It is for: {why}.",
        "Your agreement stops on {last_day} at the latest.",
        "You can say stop when you want.",
        "If you say no, nothing changes for you.",
    ),
    lines=((Category.IDENTITY, "your name and your phone number"),),
    health="",
)
