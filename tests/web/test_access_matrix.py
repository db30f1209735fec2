"""Who gets what at every address, written by hand: an address without a line here fails.

Awa has no account. Denis has one and acts for nobody. Chloé advises in another operator. Bruno keeps the rows of the
Mission locale, to which all rows belong. Léa coordinates the territory of Gap, for another structure.
"""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from ensemblier.directory.models import Contact
from tests.web.matrix import HIDDEN, PEOPLE, Ground, Route, all_routes, make_ground, routes_of, word_of
from tests.web.policy_of_animation import OF_ANIMATION
from tests.web.policy_of_files import CHLOE_GOES, CHLOE_TOO_SHORT, ELSEWHERE, MINE, OF_A_FILE, ONLY_CHLOE, filled
from tests.web.policy_of_library import OF_LIBRARY
from tests.web.policy_of_persons import OF_PERSONS

pytestmark = pytest.mark.django_db

ANSWER = "commune=Gap&situation=jobseeker"
READ = ("200", "405")
ONLY_BRUNO = "in 403 403 go 403"
EDITORS_THEN_BRUNO = "in 403 403 200 403"
BRUNO_TOO_SHORT = "in 403 403 400 403"
"""Only Bruno comes as far as the form, which then misses a field."""
CONVENTION = "signed_by=Camille&signed_as=directrice&signed_on=2026-11-01&was_read=on"
ZONE = "territoires/departement/05"

POLICY: dict[str, Route] = {
    **{MINE + address: Route(filled(MINE + address), "in", "in") for address in OF_A_FILE},
    **OF_PERSONS,
    **OF_ANIMATION,
    **OF_LIBRARY,
    **ELSEWHERE,
    # everybody, without any account
    "": Route("", "200", "200", ANSWER),
    "communes/suggestions/": Route("communes/suggestions/", "405", "200", "commune=gap"),
    "reponse/": Route("reponse/", "go", "200", ANSWER),
    "reponse/imprimer/": Route("reponse/imprimer/", "405", "200", ANSWER),
    "rappel/": Route("rappel/", "200", "go", "tel=0492000077&qui=apec&commune=Gap&commune_code=05061"),
    "rappel/demande/": Route("rappel/demande/", *READ),
    "mes-droits/": Route("mes-droits/", *READ),
    "regles/": Route("regles/", *READ),
    "accessibilite/": Route("accessibilite/", *READ),
    "vos-donnees/": Route("vos-donnees/", *READ),
    "integrer/": Route("integrer/", *READ),
    "widget/": Route("widget/", *READ),
    "service-worker.js": Route("service-worker.js", *READ),
    "manifest.webmanifest": Route("manifest.webmanifest", *READ),
    "hors-ligne/": Route("hors-ligne/", *READ),
    "langue/<str:code>/": Route("langue/en/", "go", "405"),
    "connexion/seconde-preuve/": Route("connexion/seconde-preuve/", "in", "in"),
    "connexion/premiere-fois/": Route("connexion/premiere-fois/", "in", "in"),
    "connexion/mot-de-passe/": Route("connexion/mot-de-passe/", "200", "400", "email=awa"),
    "connexion/mot-de-passe/<str:token>/": Route(
        "connexion/mot-de-passe/inconnu/", "200", "400", "proof=123456&password=une phrase assez longue"
    ),
    "connexion/<slug:key>/au-revoir/": Route("connexion/proconnect/au-revoir/", "404", "405"),
    "connexion/<slug:key>/": Route("connexion/proconnect/", "405", "404"),
    "connexion/<slug:key>/retour/": Route("connexion/proconnect/retour/", "404", "405"),
    "invitation/<str:token>/": Route("invitation/inconnu/", "200", "400", "proof=123456"),
    "rejoindre/": Route("rejoindre/", "200", "200"),
    "mon-espace/connexion/": Route("mon-espace/connexion/", "200", "400", "email=awa"),
    "mon-espace/entrer/<str:token>/": Route("mon-espace/entrer/inconnu/", "200", "400", "proof=123456"),
    "mon-espace/quitter/": Route("mon-espace/quitter/", "405", "go"),
    # the people of a structure: its members read; nobody here manages Bruno's but the one who coordinates hers
    "equipe/": Route("equipe/", "in 403 200 200 200", "405"),
    "bienvenue/": Route("bienvenue/", "in 403 200 200 200", "405"),
    "equipe/inviter/": Route("equipe/inviter/", "in 403 403 403 200", "in 403 403 403 400", "name=Inès"),
    "equipe/invitations/<uuid:uid>/retirer/": Route("equipe/invitations/{site}/retirer/", "405", "in 403 403 403 404"),
    "equipe/absences/<uuid:uid>/finir/": Route("equipe/absences/{site}/finir/", "405", "in 404 404 404 404"),
    "equipe/<int:user>/absence/": Route("equipe/0/absence/", "in 403 404 404 404", "in 403 404 404 404"),
    "equipe/<int:user>/roles/": Route("equipe/0/roles/", "in 403 403 403 404", "in 403 403 403 404"),
    "equipe/<int:user>/depart/": Route("equipe/0/depart/", "in 403 403 403 404", "in 403 403 403 404"),
    # tokens and webhooks: whoever manages the accounts, and nobody here does
    **{
        f"equipe/systemes/{address}".replace("{site}", "<uuid:uid>"): Route(
            f"equipe/systemes/{address}", "in 403 403 403 403", "in 403 403 403 403"
        )
        for address in ("", "jeton/", "jeton/{site}/retirer/", "appel/", "appel/{site}/arreter/")
    },
    # the socle: team leads and who manages the accounts, nobody here
    "indicateurs/": Route("indicateurs/", "in 403 403 403 403", "in 403 403 403 403"),
    # one's own account
    "compte/": Route("compte/", "in 200 200 200 200", "405"),
    "compte/preuve/": Route("compte/preuve/", "in 200 200 200 200", "in 400 400 400 400", "code=000000"),
    "compte/preuve/<slug:kind>/<int:factor>/retirer/": Route(
        "compte/preuve/totp/0/retirer/", "405", "in 404 404 404 404"
    ),
    "compte/codes/": Route("compte/codes/", "405", "in 409 409 409 409"),
    "compte/sessions/": Route("compte/sessions/", "405", "in go go go go"),
    "connexion/": Route("connexion/", "200", "200", "username=a@exemple.fr&password=faux"),
    "deconnexion/": Route("deconnexion/", "405", "go"),
    # the phone desk: Chloé advises; the others neither advise nor welcome
    "accueil/appel/": Route("accueil/appel/", "in 403 200 403 403", "405"),
    "accueil/appel/portes/": Route("accueil/appel/portes/", "405", "in 403 200 403 403", "commune=Gap&situation=1"),
    "accueil/appel/garder/": Route(
        "accueil/appel/garder/", "405", "in 403 go 403 403", "commune=Gap&porte=0&telephone=0492530000"
    ),
    "dossiers/importer/": Route("dossiers/importer/", "in 403 200 403 403", "in 403 400 403 403"),
    "dossiers/importer/retour/": Route("dossiers/importer/retour/", "in 403 200 403 403", "405"),
    # the mail of fictitious people; the ground of this table has no demonstration
    "demonstration/courrier/": Route("demonstration/courrier/", "404", "405"),
    # the directory, read by everybody; a form posted to a page that only reads changes nothing
    "territoires/": Route("territoires/", "200", "200"),
    "territoires/<slug:kind>/<slug:code>/": Route(f"{ZONE}/", "200", "200"),
    "territoires/<slug:kind>/<slug:code>/annuaire.pdf": Route(f"{ZONE}/annuaire.pdf", "200", "200"),
    "territoires/<slug:kind>/<slug:code>/couverture/": Route(f"{ZONE}/couverture/", "200", "200"),
    "couverture/": Route("couverture/", "200", "200"),
    "communes/<slug:code>/": Route("communes/05061/", "200", "200"),
    "reseaux/": Route("reseaux/", "200", "200"),
    "lieux/": Route("lieux/", "200", "200"),
    "lieux/<uuid:uid>/": Route("lieux/{site}/", "200", "200"),
    "structures/<uuid:uid>/": Route("structures/{organisation}/", "200", "200"),
    "corriger/<slug:kind>/<uuid:uid>/": Route("corriger/site/{site}/", "200", "400"),
    # an interlocutor who did not publish herself
    "interlocuteurs/<uuid:uid>.vcf": Route(
        "interlocuteurs/{contact}.vcf", "404 404 200 200 200", "404 404 200 200 200"
    ),
    # any professional; Denis finds his lists empty, and reads no agreement: he is no actor of the territory
    "pro/": Route("pro/", "in 200 200 200 200", "in 200 200 200 200"),
    "pro/rappels/": Route("pro/rappels/", "in 200 200 200 200", "in 200 200 200 200"),
    "pro/a-revoir/": Route("pro/a-revoir/", "in 200 200 200 200", "in 200 200 200 200"),
    "pro/corrections/": Route("pro/corrections/", "in 200 200 200 200", "in 200 200 200 200"),
    "pro/permanences/": Route("pro/permanences/", "in 200 200 200 200", "in 200 200 200 200"),
    "pro/accords/": Route("pro/accords/", "in 403 200 200 200", "in 403 200 200 200"),
    # nobody here may sign: a form that is posted changes nothing
    "pro/convention/": Route("pro/convention/", "in 200 200 200 200", "in 403 403 403 403", CONVENTION),
    "pro/agir-pour/": Route("pro/agir-pour/", "in 200 200 200 200", "in 200 200 go 200", "organisation={organisation}"),
    # those who act for a structure
    "pro/reseaux/<slug:code>/": Route(
        "pro/reseaux/mission-locale/", "in 403 403 200 200", "in 403 403 go 403", "text=Le soir&source_name=Convention"
    ),
    "pro/reseaux/<slug:code>/<int:row>/finir/": Route(
        "pro/reseaux/mission-locale/0/finir/", "in 403 403 go go", "in 403 403 404 403"
    ),
    "pro/atouts/<slug:kind>/<uuid:uid>/": Route(
        "pro/atouts/site/{site}/", "in 403 403 200 200", "in 403 403 go 403", "text=Le soir&source_name=Convention"
    ),
    "pro/atouts/<slug:kind>/<uuid:uid>/<int:row>/finir/": Route(
        "pro/atouts/site/{site}/0/finir/", "in 403 403 go go", "in 403 403 404 403"
    ),
    "pro/imports/": Route("pro/imports/", "in 403 200 200 200", "in 403 200 200 200"),
    "pro/imports/<int:run>/": Route("pro/imports/{run}/", "in 403 200 200 200", "in 403 200 200 200"),
    "pro/permanences/proposer/<uuid:site>/": Route(
        "pro/permanences/proposer/{site}/",
        "in 200 200 200 200",
        "in 403 go go go",
        "holder_uid={other}&weekday=MO&every=1&half_day=morning&season=all_year&first_day=2026-12-01",
    ),
    # the one to whom the row belongs
    "pro/rappels/<uuid:uid>/": Route("pro/rappels/{callback}/", "in go go go go", ONLY_BRUNO),
    "pro/corrections/<uuid:uid>/": Route(
        "pro/corrections/{suggestion}/", "in go go go go", ONLY_BRUNO, "decision=accept"
    ),
    "pro/permanences/<uuid:uid>/": Route(
        "pro/permanences/{permanence}/", "in go go go go", ONLY_BRUNO, "decision=agree&version={permanence_version}"
    ),
    "pro/accords/<uuid:uid>/signer/": Route("pro/accords/{agreement}/signer/", "in go go go go", ONLY_BRUNO),
    "pro/a-revoir/<slug:kind>/<uuid:uid>/": Route(
        "pro/a-revoir/site/{site}/", "in 403 403 go go", ONLY_BRUNO, "version={site_version}"
    ),
    "pro/modifier/<slug:kind>/<uuid:uid>/": Route(
        "pro/modifier/site/{site}/", EDITORS_THEN_BRUNO, ONLY_BRUNO, "name=Autre&version={site_version}"
    ),
    "pro/ajouter/<slug:kind>/<uuid:uid>/": Route(
        "pro/ajouter/contact/{organisation}/", EDITORS_THEN_BRUNO, ONLY_BRUNO, "name=Inès"
    ),
    "pro/lieux/<uuid:uid>/exception/": Route("pro/lieux/{site}/exception/", EDITORS_THEN_BRUNO, BRUNO_TOO_SHORT),
    "pro/interlocuteurs/<uuid:uid>/absence/": Route(
        "pro/interlocuteurs/{contact}/absence/", EDITORS_THEN_BRUNO, BRUNO_TOO_SHORT
    ),
    "pro/interlocuteurs/<uuid:uid>/sujets/": Route(
        "pro/interlocuteurs/{contact}/sujets/", EDITORS_THEN_BRUNO, ONLY_BRUNO, "subjects=logement&version=1"
    ),
    "pro/offres/<uuid:uid>/publics/": Route("pro/offres/{offer}/publics/", EDITORS_THEN_BRUNO, BRUNO_TOO_SHORT),
    "pro/fermer/<slug:kind>/<uuid:uid>/": Route("pro/fermer/site/{site}/", EDITORS_THEN_BRUNO, BRUNO_TOO_SHORT),
    "pro/intervenir/<uuid:uid>/": Route("pro/intervenir/{organisation}/", EDITORS_THEN_BRUNO, EDITORS_THEN_BRUNO),
    "pro/intervenir/<uuid:uid>/<slug:kind>/<slug:code>/": Route(
        "pro/intervenir/{organisation}/departement/05/", EDITORS_THEN_BRUNO, ONLY_BRUNO
    ),
    "pro/intervenir/<uuid:uid>/finir/<uuid:row>/": Route(
        "pro/intervenir/{organisation}/finir/{perimeter}/", "in 403 403 go go", ONLY_BRUNO
    ),
    # the home page of advisers; others go on to the directory
    "ma-journee/": Route("ma-journee/", "in go 200 go go", "in go 200 go go"),
    # advisers, and the file that is open to them: it was opened by Chloé, for the other operator
    "dossiers/": Route("dossiers/", "in 403 200 403 403", "in 403 200 403 403", "q=awa"),
    "dossiers/nouveau/": Route("dossiers/nouveau/", "in 403 200 403 403", "in 403 go 403 403", "given_name=Awa"),
    # no contact of this desk has that number: back to the welcome, and nothing opens
    "dossiers/nouveau/<uuid:contact>/": Route("dossiers/nouveau/{file}/", CHLOE_GOES, "in 403 404 403 403"),
    "dossiers/<uuid:uid>/": Route("dossiers/{file}/", "in 403 200 403 403", "in 403 200 403 403"),
    # the plan of that file and its neighbours: the same people everywhere
    **{
        "dossiers/<uuid:uid>/" + address: Route("dossiers/{file}/" + filled(address), get, post)
        for address, (get, post) in OF_A_FILE.items()
    },
    "dossiers/doublons/": Route("dossiers/doublons/", ONLY_CHLOE, ONLY_CHLOE),
    "dossiers/doublons/proposer/": Route("dossiers/doublons/proposer/", CHLOE_GOES, CHLOE_GOES),
    "dossiers/doublons/<uuid:merge>/<slug:name>/": Route("dossiers/doublons/{file}/separer/", CHLOE_GOES, CHLOE_GOES),
    "dossiers/remplacer/": Route("dossiers/remplacer/", ONLY_CHLOE, CHLOE_TOO_SHORT),
    "accueil/": Route("accueil/", ONLY_CHLOE, CHLOE_TOO_SHORT),
    "dossiers/<uuid:uid>/journal/": Route("dossiers/{file}/journal/", ONLY_CHLOE, ONLY_CHLOE),
    "dossiers/<uuid:uid>/journal/geler/": Route("dossiers/{file}/journal/geler/", ONLY_CHLOE, CHLOE_TOO_SHORT),
    "dossiers/<uuid:uid>/journal/effacer/": Route("dossiers/{file}/journal/effacer/", ONLY_CHLOE, CHLOE_TOO_SHORT),
    "dossiers/<uuid:uid>/journal/decider/<slug:name>/": Route(
        "dossiers/{file}/journal/decider/degeler/", CHLOE_GOES, "in 403 403 403 403"
    ),
    "dossiers/<uuid:uid>/suivi/<slug:name>/": Route(
        "dossiers/{file}/suivi/objectifs/", ONLY_CHLOE, CHLOE_GOES, "version=1"
    ),
    "dossiers/<uuid:uid>/identite/": Route("dossiers/{file}/identite/", ONLY_CHLOE, CHLOE_GOES, "version=1"),
    "dossiers/<uuid:uid>/demande/": Route("dossiers/{file}/demande/", ONLY_CHLOE, CHLOE_GOES, "version=1"),
    "dossiers/<uuid:uid>/reponses/": Route("dossiers/{file}/reponses/", ONLY_CHLOE, CHLOE_GOES),
    "dossiers/<uuid:uid>/notes/": Route("dossiers/{file}/notes/", ONLY_CHLOE, ONLY_CHLOE),
    "dossiers/<uuid:uid>/lecture/": Route("dossiers/{file}/lecture/", ONLY_CHLOE, CHLOE_GOES, "housing=helped"),
    "dossiers/<uuid:uid>/besoins/<uuid:need>/partenaires/": Route(
        "dossiers/{file}/besoins/{need}/partenaires/", ONLY_CHLOE, ONLY_CHLOE
    ),
    "dossiers/<uuid:uid>/<slug:kind>/ajouter/": Route(
        "dossiers/{file}/besoins/ajouter/", ONLY_CHLOE, CHLOE_GOES, "theme=housing&state=open"
    ),
    "dossiers/<uuid:uid>/<slug:kind>/<uuid:row>/corriger/": Route(
        "dossiers/{file}/besoins/{need}/corriger/", ONLY_CHLOE, CHLOE_GOES, "theme=housing&state=open&version=1"
    ),
    "dossiers/<uuid:uid>/relais/": Route("dossiers/{file}/relais/", ONLY_CHLOE, ONLY_CHLOE),
    "dossiers/<uuid:uid>/relais/nouveau/": Route("dossiers/{file}/relais/nouveau/", ONLY_CHLOE, CHLOE_TOO_SHORT),
    "relais/": Route("relais/", ONLY_CHLOE, ONLY_CHLOE),
    "relais/<uuid:uid>/": Route("relais/{relay}/", ONLY_CHLOE, ONLY_CHLOE),
    "relais/<uuid:uid>/modifier/": Route("relais/{relay}/modifier/", ONLY_CHLOE, CHLOE_TOO_SHORT),
    "relais/<uuid:uid>/relire/": Route("relais/{relay}/relire/", ONLY_CHLOE, CHLOE_TOO_SHORT),
    "relais/<uuid:uid>/<slug:name>/": Route("relais/{relay}/annuler/", CHLOE_GOES, CHLOE_TOO_SHORT),
    "relais/<uuid:uid>/completer/": Route("relais/{relay}/completer/", CHLOE_GOES, CHLOE_GOES),
    "relais/<uuid:uid>/lien/": Route("relais/{relay}/lien/", CHLOE_GOES, CHLOE_TOO_SHORT),
    # a partner with a link; without one, these pages know nobody
    "repondre/<str:token>/": Route("repondre/inconnu/", "200", "400", "name=Blanc&proof=123456"),
    "repondre/<str:token>/nouveau/": Route("repondre/inconnu/nouveau/", "200", "200"),
    "partenaire/<uuid:uid>/": Route("partenaire/{relay}/", "404", "404"),
    "partenaire/<uuid:uid>/documents/<uuid:document>/": Route("partenaire/{relay}/documents/{file}/", "404", "404"),
    "partenaire/<uuid:uid>/<slug:name>/": Route("partenaire/{relay}/accepter/", "404", "404"),
    "relais/erreurs/": Route("relais/erreurs/", "in 403 403 403 403", "in 403 403 403 403"),
    "relais/erreurs/<uuid:uid>/": Route("relais/erreurs/{relay}/", "in 403 403 403 403", "in 403 403 403 403"),
    "relais/boucles/": Route("relais/boucles/", "in 403 403 403 200", "in 403 403 403 200"),
    "guichet/": Route("guichet/", ONLY_CHLOE, ONLY_CHLOE),
    "guichet/demande/": Route("guichet/demande/", CHLOE_GOES, CHLOE_TOO_SHORT),
    "guichet/<uuid:uid>/<slug:name>/": Route("guichet/{queued}/prendre/", CHLOE_GOES, CHLOE_TOO_SHORT),
    # those who coordinate a territory
    "pro/accords/nouveau/": Route("pro/accords/nouveau/", "in 403 403 403 200", "in 403 403 403 200"),
    "pro/accords/nouveau/<slug:kind>/<slug:code>/": Route(
        "pro/accords/nouveau/departement/05/", "in 403 403 403 200", "in 403 403 403 400"
    ),
    "pro/accords/<uuid:uid>/relire/": Route(
        "pro/accords/{agreement}/relire/", "in 403 403 403 403", "in 403 403 403 403"
    ),
    "pro/accords/<uuid:uid>/terminer/": Route(
        "pro/accords/{agreement}/terminer/", "in 403 403 403 403", "in 403 403 403 403"
    ),
    "territoires/<slug:kind>/<slug:code>/alertes/": Route(f"{ZONE}/alertes/", "in 403 403 403 go", "in 403 403 403 go"),
    "pro/doublons/": Route("pro/doublons/", "in 403 403 200 200", "in 403 403 200 200"),
    "pro/doublons/<int:pair>/": Route(
        "pro/doublons/{pair}/", "in go go go go", "in 403 403 403 go", "decision=distinct"
    ),
    "pro/doublons/defaire/<int:merge>/": Route("pro/doublons/defaire/{merge}/", "in go go go go", "in 403 403 403 go"),
    # programs: the same open reading for everybody, whoever is signed in
    "api/v1/docs": Route("api/v1/docs", "200", "200"),
    "api/v1/": Route("api/v1/", "404", "404"),
    "api/^(?P<rest>.*)$": Route("api/nothing", "404", "404"),
    "api/v1/openapi.json": Route("api/v1/openapi.json", "200", "200"),
    "api/v1/relays": Route("api/v1/relays", "403 403 200 403 403", "405"),
    "api/v1/relays/<uid>": Route("api/v1/relays/{relay}", "403 403 200 403 403", "405"),
    "api/v1/communes": Route("api/v1/communes?q=gap", *READ),
    "api/v1/communes/<code>": Route("api/v1/communes/05061", *READ),
    "api/v1/orientation": Route("api/v1/orientation", "405", "200", json={"commune": "05061"}),
    "api/v1/directory": Route("api/v1/directory?q=nadia", *READ),
    "api/v1/sites/near": Route("api/v1/sites/near?commune=05061", *READ),
    "api/v1/sites/<uid>": Route("api/v1/sites/{site}", *READ),
    "api/v1/offers/near": Route("api/v1/offers/near?commune=05061", *READ),
    "api/v1/organisations": Route("api/v1/organisations", *READ),
    "api/v1/organisations/<uid>": Route("api/v1/organisations/{organisation}", *READ),
    "api/v1/networks": Route("api/v1/networks", *READ),
    "api/v1/coverage/<kind>/<code>": Route("api/v1/coverage/departement/05", *READ),
    "api/v1/rules": Route("api/v1/rules", *READ),
    "api/v1/hsds": Route("api/v1/hsds", *READ),
    "api/v1/hsds/services": Route("api/v1/hsds/services", *READ),
    "api/v1/hsds/services/<uid>": Route("api/v1/hsds/services/{offer}", *READ),
    "api/v1/hsds/organizations": Route("api/v1/hsds/organizations", *READ),
    "api/v1/hsds/organizations/<uid>": Route("api/v1/hsds/organizations/{organisation}", *READ),
    "api/v1/hsds/service_at_locations": Route("api/v1/hsds/service_at_locations", *READ),
    "api/v1/hsds/service_at_locations/<uid>": Route("api/v1/hsds/service_at_locations/{offer}", *READ),
}

LEAVING = "quitter/<uuid:uid>/"
"""By a secret address: what a mail program posts by itself when one clicks its own button (RFC 8058)."""
WITHOUT_TOKEN = {
    "", "communes/suggestions/", "reponse/", "reponse/imprimer/", "rappel/", "api/v1/orientation",
    LEAVING,
}  # fmt: skip
"""Posts that read no cookie: for people without an account, from any site, computed and forgotten; and leaving."""


@pytest.fixture
def ground() -> Ground:
    """Everything that can be reached."""
    return make_ground()


def unruled(routes: dict[str, object]) -> set[str]:
    """Routes for which nobody wrote who gets what."""
    return set(routes) - set(POLICY)


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    assert unruled(dict(all_routes())) == set()
    assert set(POLICY) - set(all_routes()) == set()


def test_a_new_address_without_a_line_is_caught() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert unruled(dict(routes_of([path("pro/tout-effacer/", view)]))) == {"pro/tout-effacer/"}


def surprises(ground: Ground, person: str) -> list[str]:
    """Where the answer to a person is not the one of the table."""
    found = []
    for route in POLICY.values():
        for method in ("GET", "POST"):
            got, wanted = word_of(ground.ask(person, method, route)), route.expected(method)[person]
            if got != wanted:
                found.append(f"{method} /{route.address}: {got}, not {wanted}")
    return found


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_gets_what_is_written(ground: Ground, person: str) -> None:
    assert surprises(ground, person) == []


def test_an_edit_open_to_everybody_is_caught(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ensemblier.directory.core.access.may_edit", lambda *_: True)
    monkeypatch.setattr("ensemblier.directory.queries.editing.check_may_edit", lambda *_: None)
    monkeypatch.setattr("ensemblier.directory.actions.changes.check_may_edit", lambda *_: None)
    assert any("/pro/modifier/" in line for line in surprises(ground, "léa"))


def leaks(ground: Ground, person: str) -> list[str]:
    """Answers that name the hidden interlocutor."""
    found = []
    for name, route in POLICY.items():
        response = ground.ask(person, "GET", route)
        text = b"" if response.streaming else response.content  # type: ignore[attr-defined]
        found += [name for words in HIDDEN if words.encode() in text]
    return found


@pytest.mark.parametrize("person", ["awa", "denis"])
def test_no_answer_names_an_interlocutor_who_did_not_publish_herself(ground: Ground, person: str) -> None:
    assert leaks(ground, person) == []


def test_a_leak_is_caught(ground: Ground) -> None:
    Contact.objects.update(is_published=True)
    assert {"interlocuteurs/<uuid:uid>.vcf", "api/v1/sites/<uid>"} <= set(leaks(ground, "awa"))


def test_nothing_signed_in_is_posted_without_its_token(ground: Ground) -> None:
    open_ones = {
        name
        for name, route in POLICY.items()
        if ground.ask("léa", "POST", route, csrf=True).status_code not in {403, 404, 405}
    }
    assert open_ones == WITHOUT_TOKEN
    reading = {name for name in WITHOUT_TOKEN if not name.startswith("api/")} - {"rappel/", LEAVING}
    assert all(all_routes()[name].callback.page.reads for name in reading)  # type: ignore[attr-defined]


def test_what_an_account_saw_is_kept_nowhere_and_only_the_widget_is_framed(ground: Ground) -> None:
    for name, route in POLICY.items():
        response = ground.ask("bruno", "GET", route)
        knows_its_reader = not response.streaming and b"/deconnexion/" in response.content  # type: ignore[attr-defined]
        if knows_its_reader or name.startswith("pro/"):
            assert response["Cache-Control"] == "no-store", name
        framed = "frame-ancestors *" in response["Content-Security-Policy"]
        framed |= not name.startswith("api/") and "X-Frame-Options" not in response
        assert framed == (name == "widget/"), name
