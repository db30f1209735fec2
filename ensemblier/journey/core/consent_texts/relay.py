"""The texts for a relay: what is shared so that one organisation answers one request."""

from datetime import date

from ensemblier.journey.core.consent import Category, Purpose
from ensemblier.journey.core.consent_texts.wording import ConsentText, Wording

_SINCE = date(2026, 11, 1)

FRENCH = ConsentText(
    purpose=Purpose.RELAY,
    number=1,
    language="fr",
    wording=Wording.FULL,
    since=_SINCE,
    title="Mon accord pour ce relais",
    sentences=(
        "J’accepte que {source} envoie à {recipient} les informations que j’ai cochées, et seulement celles-là, "
        "pour : {why}.",
        "{recipient} les lit pour répondre à cette demande, et pour rien d’autre. Personne d’autre ne les reçoit.",
        "Cet accord finit 30 jours après la fin du relais, et au plus tard le {last_day}.",
        "Je peux dire stop à tout moment, sans donner de raison : la lecture s’arrête aussitôt. "
        "Ce que cette structure a écrit elle-même dans son propre dossier y reste, et je peux le demander.",
        "Si je dis non, rien ne change pour moi, et {recipient} n’en sait rien.",
    ),
    lines=(
        (Category.IDENTITY, "mon nom et le moyen de me joindre"),
        (Category.SITUATION, "ma situation : travail, statut, parcours"),
        (Category.PROJECT, "mes compétences et mon projet"),
        (Category.DOCUMENTS, "les documents nommés un par un dans le message"),
        (Category.CONSTRAINTS, "mes contraintes : logement, transport, garde d’enfants, horaires"),
        (Category.HEALTH, "ma santé ou mon handicap"),
    ),
    health="J’accepte expressément que {recipient} lise ce qui touche à ma santé ou à mon handicap.",
)

EASY_FRENCH = ConsentText(
    purpose=Purpose.RELAY,
    number=1,
    language="fr",
    wording=Wording.EASY,
    since=_SINCE,
    title="Vous dites oui ou non",
    sentences=(
        "{source} veut écrire à {recipient}.",
        "C’est pour : {why}.",
        "Vous cochez ce que {recipient} peut lire.",
        "{recipient} lit seulement cela.",
        "Votre accord s’arrête 30 jours après la fin du relais.",
        "Il s’arrête au plus tard le {last_day}.",
        "Vous pouvez dire stop quand vous voulez.",
        "Vous n’avez rien à expliquer.",
        "Si vous dites non, rien ne change pour vous.",
        "{recipient} ne sait pas que vous avez dit non.",
    ),
    lines=(
        (Category.IDENTITY, "votre nom et votre téléphone"),
        (Category.SITUATION, "votre situation"),
        (Category.PROJECT, "votre projet et ce que vous savez faire"),
        (Category.DOCUMENTS, "les documents écrits dans le message"),
        (Category.CONSTRAINTS, "ce qui est difficile pour vous : logement, transport, enfants, horaires"),
        (Category.HEALTH, "votre santé ou votre handicap"),
    ),
    health="Je dis oui : {recipient} peut lire ce qui parle de ma santé ou de mon handicap.",
)

ENGLISH = ConsentText(
    purpose=Purpose.RELAY,
    number=1,
    language="en",
    wording=Wording.FULL,
    since=_SINCE,
    title="My agreement for this relay",
    sentences=(
        "I agree that {source} sends {recipient} the information that I have ticked, and only that, for: {why}.",
        "{recipient} reads it to answer this request and for nothing else. Nobody else receives it.",
        "This agreement ends 30 days after the end of the relay, and on {last_day} at the latest.",
        "I can say stop at any time, without giving a reason: reading stops at once. "
        "What this organisation wrote itself in its own file stays there, and I can ask to see it.",
        "If I say no, nothing changes for me, and {recipient} does not know about it.",
    ),
    lines=(
        (Category.IDENTITY, "my name and how to reach me"),
        (Category.SITUATION, "my situation: work, status, background"),
        (Category.PROJECT, "my skills and my project"),
        (Category.DOCUMENTS, "the documents named one by one in the message"),
        (Category.CONSTRAINTS, "my constraints: housing, transport, child care, hours"),
        (Category.HEALTH, "my health or my disability"),
    ),
    health="I expressly agree that {recipient} reads what concerns my health or my disability.",
)

EASY_ENGLISH = ConsentText(
    purpose=Purpose.RELAY,
    number=1,
    language="en",
    wording=Wording.EASY,
    since=_SINCE,
    title="You say yes or no",
    sentences=(
        "{source} wants to write to {recipient}.",
        "It is for: {why}.",
        "You tick what {recipient} can read.",
        "{recipient} reads only that.",
        "Your agreement stops 30 days after the end of the relay.",
        "It stops on {last_day} at the latest.",
        "You can say stop when you want.",
        "You do not have to explain.",
        "If you say no, nothing changes for you.",
        "{recipient} does not know that you said no.",
    ),
    lines=(
        (Category.IDENTITY, "your name and your phone number"),
        (Category.SITUATION, "your situation"),
        (Category.PROJECT, "your project and what you can do"),
        (Category.DOCUMENTS, "the documents written in the message"),
        (Category.CONSTRAINTS, "what is difficult for you: housing, transport, children, hours"),
        (Category.HEALTH, "your health or your disability"),
    ),
    health="I say yes: {recipient} can read what is about my health or my disability.",
)
