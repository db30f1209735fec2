"""The texts for evaluation: separate from any relay; to say no changes nothing else."""

from datetime import date

from ensemblier.journey.core.consent import Category, Purpose
from ensemblier.journey.core.consent_texts.wording import ConsentText, Wording

_SINCE = date(2026, 11, 1)

FRENCH = ConsentText(
    purpose=Purpose.EVALUATION,
    number=1,
    language="fr",
    wording=Wording.FULL,
    since=_SINCE,
    title="Mon accord pour l’évaluation du service",
    sentences=(
        "J’accepte que {recipient} utilise les étapes de mon parcours, sans mon nom, pour : {why}.",
        "Rien de ce que j’ai écrit ou dit n’est lu. Aucun résultat ne porte sur moins de 11 personnes.",
        "Cet accord finit le {last_day} au plus tard. Je peux dire stop à tout moment, sans donner de raison.",
        "Si je dis non, rien d’autre ne change : ni mon accompagnement, ni mes relais.",
    ),
    lines=((Category.SITUATION, "les dates et les étapes de mon parcours, sans mon nom"),),
    health="",
)

EASY_FRENCH = ConsentText(
    purpose=Purpose.EVALUATION,
    number=1,
    language="fr",
    wording=Wording.EASY,
    since=_SINCE,
    title="Aider à rendre le service meilleur",
    sentences=(
        "{recipient} compte ce qui marche et ce qui ne marche pas.",
        "C’est pour : {why}.",
        "Votre nom n’est pas utilisé.",
        "Votre accord s’arrête au plus tard le {last_day}.",
        "Vous pouvez dire stop quand vous voulez.",
        "Si vous dites non, rien ne change pour vous.",
    ),
    lines=((Category.SITUATION, "les dates de votre parcours, sans votre nom"),),
    health="",
)

ENGLISH = ConsentText(
    purpose=Purpose.EVALUATION,
    number=1,
    language="en",
    wording=Wording.FULL,
    since=_SINCE,
    title="My agreement for the evaluation of the service",
    sentences=(
        "I agree that {recipient} uses the steps of my path, without my name, for: {why}.",
        "Nothing that I wrote or said is read. No result is about fewer than 11 people.",
        "This agreement ends on {last_day} at the latest. I can say stop at any time, without giving a reason.",
        "If I say no, nothing else changes: neither my support nor my relays.",
    ),
    lines=((Category.SITUATION, "the dates and steps of my path, without my name"),),
    health="",
)

EASY_ENGLISH = ConsentText(
    purpose=Purpose.EVALUATION,
    number=1,
    language="en",
    wording=Wording.EASY,
    since=_SINCE,
    title="Help to make the service better",
    sentences=(
        "{recipient} counts what works and what does not.",
        "It is for: {why}.",
        "Your name is not used.",
        "Your agreement stops on {last_day} at the latest.",
        "You can say stop when you want.",
        "If you say no, nothing changes for you.",
    ),
    lines=((Category.SITUATION, "the dates of your path, without your name"),),
    health="",
)
