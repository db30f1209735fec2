"""The words of the description (OpenAPI): French in the source, in the language that the reader asks for when shown.

The docstrings of the shapes are written for who reads the code; what a reader of the interface is told stands here.
"""

from collections.abc import Callable
from typing import Any

from ensemblier.kernel.words import marked

SHAPES: dict[str, str] = {
    "AgeBand": marked(
        "Une tranche d'âge, sans date de naissance. Les tranches larges restent indécises à leurs limites."
    ),
    "Asked": marked("Comment lire la liste."),
    "CellOut": marked("Une commune et un opérateur compétent."),
    "Circle": marked("Le cercle de partenaires auquel un réseau appartient."),
    "ClosedOut": marked("Un opérateur qui n'est pas une porte ici, et pourquoi."),
    "CommuneHitOut": marked("Une commune trouvée ; `matched` est le nom ou le code postal reconnu."),
    "CommuneHits": marked("La meilleure réponse d'abord."),
    "CommuneOut": marked(
        "Une commune et les zones qui la contiennent ; `is_estimated` dit que `point` est déduit des voisines."
    ),
    "ContactOut": marked("Un interlocuteur qui a choisi d'être montré à tous ; les autres le sont aux professionnels."),
    "CoverageOut": marked(
        "L'audit. `method` dit d'où viennent les durées de trajet ; l'inconnu reste inconnu, jamais un manque."
    ),
    "DeskOut": marked("Le numéro et le portail de l'opérateur régional."),
    "DoorOut": marked(
        "Un opérateur qui peut accompagner la personne, et ses lieux les plus proches "
        "(liste vide : aucun dans l'annuaire)."
    ),
    "DoubtOut": marked("Là où les textes ne tranchent pas."),
    "HalfDay": marked("La demi-journée d'une permanence."),
    "HitOut": marked("Une ligne d'une recherche."),
    "HoursExceptionOut": marked("Des jours où les horaires habituels ne valent pas ; aucune ligne : fermé."),
    "HsdsPage": marked("Une page HSDS : ses objets suivent les schémas JSON de HSDS 3.0."),
    "Level": marked("À quel titre une porte est ouverte. Un niveau dit ce que dit le texte ; il ne classe personne."),
    "MissingOut": marked("Un opérateur compétent sans permanence publiée dans la zone."),
    "NamedNetwork": marked("Un réseau d'une structure, sous son nom du jour."),
    "NearOffersIn": marked("Autour d'une commune, ou autour d'un point."),
    "NearOffersOut": marked(
        "La plus proche d'abord ; `remote` : les offres à distance, qui n'ont pas de place dans cet ordre."
    ),
    "NearSites": marked("Les lieux les plus proches d'un opérateur."),
    "NearSitesOut": marked(
        "Une entrée par opérateur demandé, dans l'ordre de la loi ; un opérateur sans lieu n'en a pas."
    ),
    "NetworkOut": marked("Un réseau sous son nom à cette date."),
    "NetworksOut": marked("Par cercle, puis par code."),
    "OfferOut": marked("Une offre. `publics` vide : tout le monde. `is_free_by_law` : le CEP est gratuit (L6111-6)."),
    "Operator": marked("Un rôle de la loi, jamais un nom : Pôle emploi et France Travail sont le même à deux dates."),
    "OrganisationDetailOut": marked("Une structure, avec tout ce qui est public à son sujet."),
    "OrganisationOut": marked("Une structure, comme une ligne des données ouvertes."),
    "OrganisationsPage": marked(
        "Dans l'ordre des identifiants : en suivant `next`, aucune structure ne manque ni ne revient."
    ),
    "OrientationOut": marked(
        "Toutes les portes, dans un ordre neutre : compétence expresse, souhait, trajet par tranches de 5 minutes, "
        "tirage du jour."
    ),
    "OtherDoorOut": marked("Une porte qui n'est pas un opérateur du CEP."),
    "Outcome": marked("Ce que fait une règle quand sa condition est remplie."),
    "PermanenceOut": marked("Une permanence publiée, son rythme en français et ses prochains jours."),
    "PersonIn": marked(
        "Une personne sans identité. Ce qui manque ou vaut null n'a pas été demandé et reste inconnu ; jamais « non »."
    ),
    "PointOut": marked("Degrés, WGS 84."),
    "PositionKind": marked("Ce que vaut la position d'un lieu."),
    "Problem": marked("Un refus (RFC 9457)."),
    "ProvenanceOut": marked("D'où vient la fiche et de quand elle date."),
    "Purpose": marked("Ce qui amène la personne ; absent : pas demandé."),
    "Quality": marked("Un fait qui ajoute une porte, quel que soit le statut."),
    "QuestionOut": marked("Une question dont la réponse changerait le résultat."),
    "Reach": marked("Comment un opérateur atteint une commune."),
    "Reading": marked("Comment lire toute la liste."),
    "ReasonOut": marked("Une règle remplie, avec son texte de loi."),
    "RightOut": marked("Un droit ou un délai qui suit de la situation."),
    "RowOut": marked("Un public et un opérateur : communes et habitants de la zone, atteints ou non."),
    "RuleOut": marked("Une règle. Elle vaut de `valid_from` (compris) à `valid_to` (exclu) ; null : sans limite."),
    "RulesOut": marked("`digest` change dès qu'une virgule des règles change."),
    "Search": marked("Chaque filtre est facultatif."),
    "SearchPage": marked("Une page par nom. `count_text` est plafonné : « 1 000+ »."),
    "Season": marked("La saison pendant laquelle une permanence est tenue."),
    "SiteDetailOut": marked("Un lieu, avec tout ce qui est public à son sujet."),
    "SiteOut": marked("Un lieu où une structure reçoit. Texte vide ou null : non connu, jamais deviné."),
    "SkippedOut": marked("Une ligne qui ne peut pas être montrée : elle est laissée de côté et nommée, la page tient."),
    "Status": marked("Une situation face au travail ; une personne peut en avoir plusieurs à la fois."),
    "TextOut": marked("Un texte de loi, dans la rédaction qui valait."),
    "TravelMethod": marked("Comment une durée de trajet est connue."),
    "TravelOut": marked(
        "En voiture. `method` dit d'où vient la durée : matrice importée, modèle, ou inconnue (sans chiffre)."
    ),
    "UndeterminedOut": marked("Un opérateur qui est peut-être une porte : il manque une réponse."),
}
_SAID = ("description", "summary")


def in_words(document: Any, say: Callable[[str], str]) -> Any:
    """The description with each of its texts said by `say`; what a program relies on (names, codes) is not touched."""
    if isinstance(document, list):
        return [in_words(each, say) for each in document]
    if not isinstance(document, dict):
        return document
    return {key: _said(key, value, say) for key, value in document.items()}


def _said(key: str, value: Any, say: Callable[[str], str]) -> Any:
    if key in _SAID and isinstance(value, str):
        return say(value) if value else value
    if key == "tags" and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return [say(each) for each in value]
    return value if key in ("example", "examples", "enum", "default") else in_words(value, say)
