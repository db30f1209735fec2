"""Who gets what at the addresses of the library, written by hand.

Notices are everybody's; depositing is for professionals who act; changing is for the structure that deposited, here
Bruno's; a shelf is one's own.
"""

from tests.web.matrix import Route

ONLY_BRUNO = "in 403 403 go 403"

OF_LIBRARY: dict[str, Route] = {
    "bibliotheque/": Route("bibliotheque/", "200", "200"),
    "bibliotheque/suggestions/": Route("bibliotheque/suggestions/", "200", "200"),
    "bibliotheque/notice/<path:identifier>": Route("bibliotheque/notice/fiche-1", "go", "go"),
    "bibliotheque/<uuid:uid>/": Route("bibliotheque/{resource}/", "200", "200"),
    "bibliotheque/<uuid:uid>/citer/<slug:form>/": Route("bibliotheque/{resource}/citer/bib/", "200", "200"),
    "bibliotheque/<uuid:uid>/fichiers/<uuid:file>/": Route(
        "bibliotheque/{members_only}/fichiers/{site}/", "403 404 404 404 404", "403 404 404 404 404"
    ),
    "bibliotheque/gardees/": Route("bibliotheque/gardees/", "in 200 200 200 200", "in 200 200 200 200"),
    "bibliotheque/<uuid:uid>/garder/": Route("bibliotheque/{resource}/garder/", "in go go go go", "in go go go go"),
    "bibliotheque/recherches/garder/": Route(
        "bibliotheque/recherches/garder/", "in go go go go", "in go go go go", "q=saisonniers"
    ),
    "bibliotheque/recherches/<uuid:uid>/oublier/": Route(
        "bibliotheque/recherches/{site}/oublier/", "in go go go go", "in 404 404 404 404"
    ),
    "bibliotheque/deposees/": Route("bibliotheque/deposees/", "in 403 200 200 200", "in 403 200 200 200"),
    "bibliotheque/deposer/": Route(
        "bibliotheque/deposer/", "in 403 200 200 200", "in 403 go go go", "title=Guide&kind=tool&audience=public"
    ),
    "bibliotheque/<uuid:uid>/modifier/": Route(
        "bibliotheque/{resource}/modifier/",
        "in 403 403 200 403",
        ONLY_BRUNO,
        "title=Autre&kind=tool&audience=public&version=1",
    ),
    "bibliotheque/<uuid:uid>/relue/": Route(
        "bibliotheque/{resource}/relue/", "in 403 go go go", ONLY_BRUNO, "version=1"
    ),
    "bibliotheque/<uuid:uid>/retirer/": Route(
        "bibliotheque/{resource}/retirer/", "in 403 403 200 403", ONLY_BRUNO, "why=Périmée&version=1"
    ),
    "bibliotheque/<uuid:uid>/joindre/": Route(
        "bibliotheque/{resource}/joindre/", "in 403 403 200 403", "in 403 403 400 403"
    ),
    "bibliotheque/<uuid:uid>/transcription/": Route(
        "bibliotheque/{resource}/transcription/", "in 403 403 200 403", "in 403 403 400 403"
    ),
    "bibliotheque/<uuid:uid>/fichiers/<uuid:file>/enlever/": Route(
        "bibliotheque/{resource}/fichiers/{site}/enlever/", "in 403 go go go", "in 403 403 404 403"
    ),
}
