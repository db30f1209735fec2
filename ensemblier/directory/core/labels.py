"""Codes of publics and of needs in French words, with their accents.

Codes: data·inclusion v1 (referentials of publics and of thématiques), and the publics of the CEP that it does not have.
The words are ours, as a counter would say them; a code that is not here is shown with spaces, never lost.
"""

from collections.abc import Mapping

from ensemblier.kernel.words import marked

PUBLICS: Mapping[str, str] = {
    "tous-publics": marked("tout le monde"),
    "actifs": marked("personnes qui travaillent ou cherchent un travail"),
    "agents-publics": marked("agents publics"),
    "alternants": marked("alternants"),
    "beneficiaires-des-minimas-sociaux": marked("personnes qui touchent un minimum social"),
    "beneficiaires-oeth": marked("personnes reconnues travailleurs handicapés"),
    "beneficiaires-rsa": marked("personnes qui touchent le RSA"),
    "cadres": marked("cadres"),
    "demandeurs-emploi": marked("personnes qui cherchent un emploi"),
    "demissionnaires": marked("personnes qui veulent démissionner pour un projet"),
    "etudiants": marked("étudiants"),
    "familles": marked("familles"),
    "femmes": marked("femmes"),
    "independants": marked("indépendants"),
    "interimaires": marked("intérimaires"),
    "jeunes": marked("jeunes"),
    "jeunes-16-25": marked("jeunes de 16 à 25 ans"),
    "jeunes-diplomes": marked("jeunes diplômés"),
    "licencies-economiques": marked("personnes licenciées pour raison économique"),
    "personnes-en-situation-de-handicap": marked("personnes en situation de handicap"),
    "personnes-en-situation-durgence": marked("personnes en situation d’urgence"),
    "personnes-en-situation-juridique-specifique": marked("personnes sous main de justice"),
    "personnes-exilees": marked("personnes exilées"),
    "proches-aidants": marked("proches aidants"),
    "residents-qpv-frr": marked("habitants d’un quartier prioritaire ou d’une zone rurale fragile"),
    "retraites": marked("retraités"),
    "salaries": marked("salariés"),
    "salaries-du-prive": marked("salariés du privé"),
    "salaries-en-cdd": marked("salariés en CDD"),
    "seniors": marked("seniors"),
}

THEMES: Mapping[str, str] = {
    "choisir-un-metier": "choisir un métier",
    "creer-une-entreprise": "créer une entreprise",
    "difficultes-administratives-ou-juridiques": "difficultés administratives ou juridiques",
    "difficultes-financieres": "difficultés financières",
    "equipement-et-alimentation": "équipement et alimentation",
    "famille": "famille",
    "lecture-ecriture-calcul": "lire, écrire, compter",
    "logement-hebergement": "logement et hébergement",
    "mobilite": "mobilité",
    "numerique": "numérique",
    "preparer-sa-candidature": "préparer sa candidature",
    "remobilisation": "reprendre confiance",
    "sante": "santé",
    "se-former": "se former",
    "souvrir-a-linternational": "travailler à l’étranger",
    "trouver-un-emploi": "trouver un emploi",
}

_PARTS: Mapping[str, Mapping[str, str]] = {
    "choisir-un-metier": {
        "confirmer-son-choix-de-metier": "confirmer son choix de métier",
        "connaitre-les-opportunites-demploi": "connaître les opportunités d’emploi",
        "decouvrir-un-metier-ou-un-secteur-dactivite": "découvrir un métier ou un secteur d’activité",
        "identifier-ses-points-forts-et-ses-competences": "identifier ses points forts et ses compétences",
    },
    "creer-une-entreprise": {
        "definir-son-projet-de-creation-dentreprise": "définir son projet de création d’entreprise",
        "developper-son-entreprise": "développer son entreprise",
        "structurer-son-projet-de-creation-dentreprise": "structurer son projet de création d’entreprise",
    },
    "difficultes-administratives-ou-juridiques": {
        "accompagnement-aux-demarches-administratives": "être aidé dans ses démarches administratives",
        "accompagnement-pour-lacces-a-la-citoyennete": "accéder à la citoyenneté",
        "accompagnement-pour-lacces-aux-droits": "accéder à ses droits",
        "beneficier-dune-mesure-daccompagnement-adapte": "bénéficier d’une mesure d’accompagnement adaptée",
        "connaitre-ses-droits-face-a-une-discrimination": "connaître ses droits face à une discrimination",
        "prendre-en-compte-une-problematique-judiciaire": "prendre en compte un problème judiciaire",
    },
    "difficultes-financieres": {
        "acquerir-une-autonomie-budgetaire": "acquérir une autonomie budgétaire",
        "ameliorer-sa-gestion-budgetaire": "améliorer sa gestion budgétaire",
        "mettre-en-place-une-mesure-de-protection-financiere": "mettre en place une protection financière",
        "prevenir-une-degradation-de-la-situation-financiere": "éviter que la situation financière se dégrade",
        "situation-dendettement-surendettement": "endettement, surendettement",
    },
    "equipement-et-alimentation": {
        "aide-menagere": "aide ménagère",
        "alimentation": "alimentation",
        "electromenager": "électroménager",
        "habillement": "habillement",
    },
    "famille": {
        "garde-denfants": "garde d’enfants",
        "prise-en-charge-personne-dependante": "prise en charge d’une personne dépendante",
        "soutien-a-la-parentalite-et-a-leducation": "soutien à la parentalité et à l’éducation",
        "soutien-aidants": "soutien aux aidants",
        "surmonter-conflits-separation-violence": "surmonter un conflit, une séparation, des violences",
    },
    "lecture-ecriture-calcul": {
        "maitriser-le-calcul": "maîtriser le calcul",
        "maitriser-le-francais": "maîtriser le français",
    },
    "logement-hebergement": {
        "acheter-un-logement": "acheter un logement",
        "changer-de-logement": "changer de logement",
        "louer-un-logement": "louer un logement",
        "rechercher-une-solution-dhebergement-temporaire": "trouver un hébergement temporaire",
        "reduire-les-impayes-de-loyer": "réduire les impayés de loyer",
        "se-maintenir-dans-le-logement": "se maintenir dans le logement",
        "sinformer-sur-les-demarches-liees-a-lacces-au-logement": "s’informer sur l’accès au logement",
    },
    "mobilite": {
        "acceder-a-un-vehicule": "accéder à un véhicule",
        "entretenir-reparer-son-vehicule": "entretenir ou réparer son véhicule",
        "etre-accompagne-dans-son-parcours-mobilite": "être accompagné pour se déplacer",
        "financer-ma-mobilite": "financer ses déplacements",
        "mobilite-douce-partagee-collective": "mobilité douce, partagée ou collective",
        "preparer-un-permis": "préparer un permis",
    },
    "numerique": {
        "acceder-a-des-services-en-ligne": "accéder à des services en ligne",
        "acceder-a-une-connexion-internet": "accéder à une connexion internet",
        "acquerir-un-equipement": "acquérir un équipement",
        "maitriser-les-fondamentaux-du-numerique": "maîtriser les bases du numérique",
    },
    "preparer-sa-candidature": {
        "developper-son-reseau": "développer son réseau",
        "organiser-ses-demarches-de-recherche-demploi": "organiser sa recherche d’emploi",
        "realiser-un-cv-et-ou-une-lettre-de-motivation": "faire un CV ou une lettre de motivation",
        "valoriser-ses-competences": "valoriser ses compétences",
    },
    "remobilisation": {
        "activites-sportives-et-culturelles": "activités sportives et culturelles",
        "benevolat-action-citoyenne": "bénévolat, action citoyenne",
        "bien-etre-confiance-en-soi": "bien-être, confiance en soi",
        "lien-social": "lien social",
    },
    "sante": {
        "acces-aux-soins": "accès aux soins",
        "addictions": "addictions",
        "constituer-un-dossier-mdph-invalidite": "constituer un dossier MDPH ou d’invalidité",
        "sante-mentale": "santé mentale",
        "sante-sexuelle": "santé sexuelle",
    },
    "se-former": {
        "monter-son-dossier-de-formation": "monter son dossier de formation",
        "trouver-sa-formation": "trouver sa formation",
    },
    "souvrir-a-linternational": {
        "connaitre-les-opportunites-demploi-a-letranger": "connaître les emplois à l’étranger",
        "sinformer-sur-les-aides-pour-travailler-a-letranger": "s’informer sur les aides pour partir",
        "sorganiser-suite-a-son-retour-en-france": "organiser son retour en France",
    },
    "trouver-un-emploi": {
        "convaincre-un-recruteur-en-entretien": "convaincre un recruteur en entretien",
        "faire-des-candidatures-spontanees": "faire des candidatures spontanées",
        "maintien-dans-lemploi": "rester dans l’emploi",
        "repondre-a-des-offres-demploi": "répondre à des offres d’emploi",
        "suivre-ses-candidatures-et-relancer-les-employeurs": "suivre ses candidatures et relancer les employeurs",
    },
}

NEEDS: Mapping[str, str] = {
    **THEMES,
    **{f"{theme}--{part}": words for theme, parts in _PARTS.items() for part, words in parts.items()},
}
"""Theme, or theme--part → words. The part alone is said: its theme stands beside it where one chooses."""


def need_with_theme(code: str) -> str:
    """ "mobilité : préparer un permis"; the theme alone; an unknown code with spaces."""
    theme = code.partition("--")[0]
    if code == theme:
        return label_of(code)
    return f"{label_of(theme)} : {label_of(code)}"


def label_of(code: str) -> str:
    """The words of a public or a need; an unknown code with spaces ("logement--trouver" keeps its second part)."""
    return PUBLICS.get(code) or NEEDS.get(code) or code.rpartition("--")[2].replace("-", " ")
