"""Who gets what at the addresses of the person's space and rights, written by hand: part of the access matrix.

Nobody of the matrix is signed in as her: tests/web/person and tests/web/plan say what she gets.
"""

from tests.web.matrix import Route

ONLY_CHLOE = "in 403 200 403 403"
SPACE = (
    *("", "personnes/", "relais/", "relais/{file}/", "relais/{file}/decider/", "relais/{file}/arreter/"),
    *("relais/{file}/repondre/", "relais/{file}/avis/", "partages/", "partages/{file}/"),
    *("partages/{file}/prolonger/", "accords/", "decisions/"),
    *("partages/{file}/arreter/", "partages/{file}/papier/", "qui-a-regarde/", "demandes/", "donnees/"),
    *(
        "ouvert/",
        "ouvert/fermer/",
        "donnees/lire/",
        "donnees.pdf",
        "donnees.json",
        "dossiers/",
        "dossiers/relier/inconnu/",
    ),
    "dossiers/{file}/delier/",
)

OF_PERSONS: dict[str, Route] = {
    **{
        "mon-espace/" + a.replace("{file}", "<uuid:uid>").replace("inconnu", "<str:token>"): Route(
            "mon-espace/" + a, "in", "in"
        )
        for a in SPACE
    },
    # links from a message: an unknown one opens nothing, for anybody
    "arreter/<str:token>/": Route("arreter/inconnu/", "404", "404"),
    "mon-choix/<str:token>/": Route("mon-choix/inconnu/", "404", "404", "proof=2001"),
    "mon-choix/relais/<uuid:uid>/": Route("mon-choix/relais/{file}/", "404", "404"),
    "mon-choix/relais/<uuid:uid>/decider/": Route("mon-choix/relais/{file}/decider/", "404", "404"),
    "mon-choix/relais/<uuid:uid>/arreter/": Route("mon-choix/relais/{file}/arreter/", "404", "404"),
    # what the organisation does for her rights
    "dossiers/<uuid:uid>/inviter/": Route("dossiers/{file}/inviter/", ONLY_CHLOE, ONLY_CHLOE),
    "dossiers/reprendre/": Route("dossiers/reprendre/", ONLY_CHLOE, "in 403 400 403 403", "text=x"),
    "demandes/": Route("demandes/", ONLY_CHLOE, "in 403 400 403 403", "request=x"),
    "avis/": Route("avis/", "in 403 200 403 200", "in 403 200 403 200"),
}
