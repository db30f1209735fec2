"""Who gets what at the addresses of the animation of a territory, written by hand.

The pages are kept by Léa, who coordinates; Chloé advises elsewhere, Bruno keeps rows elsewhere, Denis acts for nobody.
"""

from tests.web.matrix import Route

PLACE = "territoires/<slug:kind>/<slug:code>/"
_05 = "territoires/departement/05/"
EVERYBODY, NEVER = "200", "405"
PROFESSIONALS = "in 200 200 200 200"
ACTING = "in 403 200 200 200"
"""Those who act for a structure, in any role."""
ONLY_LEA = "in 403 403 403 200"
LEA_GOES = "in 403 403 403 go"
EVENT = "agenda/{animation_event}/"
WORDS = "name=Autre&mission=Agir&kind=cell&version=1"
NEW_EVENT = "kind=workshop&title=Atelier&audience=professionals&on=2027-01-12&begins=09:00&ends=10:00&mode=online"

OF_ANIMATION: dict[str, Route] = {
    # everybody: the agenda, and the life of a territory
    "agenda/": Route("agenda/", EVERYBODY, EVERYBODY),
    PLACE + "animation/": Route(_05 + "animation/", EVERYBODY, EVERYBODY),
    PLACE + "animation/qui-fait-quoi/": Route(_05 + "animation/qui-fait-quoi/", EVERYBODY, EVERYBODY),
    PLACE + "animation/lettre.pdf": Route(_05 + "animation/lettre.pdf", EVERYBODY, EVERYBODY),
    PLACE + "agenda.ics": Route(_05 + "agenda.ics", EVERYBODY, EVERYBODY),
    "animation/<slug:kind>/<uuid:uid>/": Route("animation/cellule/{animation_cell}/", EVERYBODY, EVERYBODY),
    # by a secret address
    "agenda/abonnement/<uuid:key>.ics": Route("agenda/abonnement/{animation_feed}.ics", EVERYBODY, EVERYBODY),
    "agenda/inscription/<uuid:key>/": Route("agenda/inscription/{animation_seat}/", EVERYBODY, EVERYBODY),
    "quitter/<uuid:uid>/": Route("quitter/{animation_letters}/", EVERYBODY, EVERYBODY),
    # a meeting of professionals; who is signed in registers, Denis too: his account is his name
    "agenda/<uuid:uid>/": Route(EVENT, "403 200 200 200 200", "403 go go go go"),
    "agenda/<uuid:uid>.ics": Route("agenda/{animation_event}.ics", "404 200 200 200 200", "404 200 200 200 200"),
    # professionals
    "animation/": Route("animation/", PROFESSIONALS, PROFESSIONALS),
    "agenda/abonnement/": Route("agenda/abonnement/", "in go go go go", "in go go go go"),
    PLACE + "animation/kit/": Route(_05 + "animation/kit/", ACTING, ACTING),
    PLACE + "animation/recevoir/": Route(_05 + "animation/recevoir/", "in go go go go", "in go go go go"),
    "questions/": Route("questions/", PROFESSIONALS, PROFESSIONALS),
    "questions/nouvelle/": Route("questions/nouvelle/", ACTING, "in 403 go go go", "title=Qui ?"),
    "questions/<uuid:uid>/": Route(
        "questions/{animation_question}/", PROFESSIONALS, "in 403 go go go", "words=Moi&version="
    ),
    # Léa does not thank herself
    "questions/<uuid:uid>/<uuid:row>/<slug:name>/": Route(
        "questions/{animation_question}/{animation_answer}/utile/", "in 403 go go go", "in 403 go go 403"
    ),
    "animation/question-du-mois/": Route("animation/question-du-mois/", ACTING, "in 403 go go go"),
    "animation/cooperations/": Route("animation/cooperations/", ACTING, "in 403 400 400 400"),
    "animation/cooperations/<uuid:uid>/retirer/": Route(
        "animation/cooperations/{animation_event}/retirer/", "in 403 go go go", "in 403 404 404 404"
    ),
    "animation/ma-carte/": Route("animation/ma-carte/", ACTING, ACTING),
    "animation/ma-carte.vcf": Route("animation/ma-carte.vcf", ACTING, ACTING),
    PLACE + "agenda/nouveau/": Route(
        _05 + "agenda/nouveau/", ACTING, "in 403 go go go", NEW_EVENT + "&waiting_capacity=1"
    ),
    # those who keep the event: Chloé and Bruno are of other structures
    "agenda/<uuid:uid>/modifier/": Route(EVENT + "modifier/", ONLY_LEA, "in 403 403 403 400"),
    "agenda/<uuid:uid>/annoncer/": Route(EVENT + "annoncer/", "in 403 go go go", "in 403 403 403 409"),
    "agenda/<uuid:uid>/annuler/": Route(EVENT + "annuler/", "in 403 go go go", LEA_GOES),
    "agenda/<uuid:uid>/presences/": Route(EVENT + "presences/", ONLY_LEA, "in 403 403 403 409"),
    "agenda/<uuid:uid>/emargement.pdf": Route(EVENT + "emargement.pdf", ONLY_LEA, ONLY_LEA),
    "agenda/<uuid:uid>/compte-rendu/": Route(EVENT + "compte-rendu/", ONLY_LEA, "in 403 403 403 400"),
    "agenda/<uuid:uid>/bibliotheque/": Route(EVENT + "bibliotheque/", "in 403 go go go", "in 403 403 403 409"),
    "animation/production/<uuid:uid>/bibliotheque/": Route(
        "animation/production/{site}/bibliotheque/", "in 403 404 404 404", "in 403 404 404 404"
    ),
    # those who animate the territory
    PLACE + "animation/nouveau/<slug:what>/": Route(
        _05 + "animation/nouveau/cellule/", ONLY_LEA, LEA_GOES, "name=Une autre&kind=cell&mission=Agir"
    ),
    "animation/<slug:kind>/<uuid:uid>/modifier/": Route(
        "animation/cellule/{animation_cell}/modifier/", ONLY_LEA, LEA_GOES, WORDS
    ),
    "animation/<slug:kind>/<uuid:uid>/<slug:what>/ajouter/": Route(
        "animation/groupe/{animation_group}/decision/ajouter/",
        ONLY_LEA,
        LEA_GOES,
        "decided_on=2026-11-01&words=Oui",
    ),
    "animation/lignes/<slug:what>/<uuid:row>/corriger/": Route(
        "animation/lignes/engagement/{animation_commitment}/corriger/", ONLY_LEA, "in 403 403 403 400"
    ),
    "animation/lignes/<slug:what>/<uuid:row>/retirer/": Route(
        "animation/lignes/engagement/{animation_commitment}/retirer/", "in 403 go go go", "in 403 403 403 go"
    ),
    # the structure that made the commitment
    "animation/lignes/<slug:what>/<uuid:row>/prendre/": Route(
        "animation/lignes/engagement/{animation_commitment}/prendre/", "in 403 go go go", "in 403 403 403 go"
    ),
    "animation/engagement/<uuid:row>/avancer/": Route(
        "animation/engagement/{animation_commitment}/avancer/", ONLY_LEA, LEA_GOES, "progress=going&version=1"
    ),
    "animation/cercle/<uuid:uid>/importer/": Route(
        "animation/cercle/{animation_circle}/importer/", ONLY_LEA, "in 403 403 403 400"
    ),
    "animation/cercle/<uuid:uid>/ecrire/": Route(
        "animation/cercle/{animation_circle}/ecrire/", ONLY_LEA, "in 403 403 403 400"
    ),
}
