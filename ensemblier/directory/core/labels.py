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
    "choisir-un-metier": marked("choisir un métier"),
    "creer-une-entreprise": marked("créer une entreprise"),
    "difficultes-administratives-ou-juridiques": marked("difficultés administratives ou juridiques"),
    "difficultes-financieres": marked("difficultés financières"),
    "equipement-et-alimentation": marked("équipement et alimentation"),
    "famille": marked("famille"),
    "lecture-ecriture-calcul": marked("lire, écrire, compter"),
    "logement-hebergement": marked("logement et hébergement"),
    "mobilite": marked("mobilité"),
    "numerique": marked("numérique"),
    "preparer-sa-candidature": marked("préparer sa candidature"),
    "remobilisation": marked("reprendre confiance"),
    "sante": marked("santé"),
    "se-former": marked("se former"),
    "souvrir-a-linternational": marked("travailler à l’étranger"),
    "trouver-un-emploi": marked("trouver un emploi"),
}

_PARTS: Mapping[str, Mapping[str, str]] = {
    "choisir-un-metier": {
        "confirmer-son-choix-de-metier": marked("confirmer son choix de métier"),
        "connaitre-les-opportunites-demploi": marked("connaître les opportunités d’emploi"),
        "decouvrir-un-metier-ou-un-secteur-dactivite": marked("découvrir un métier ou un secteur d’activité"),
        "identifier-ses-points-forts-et-ses-competences": marked("identifier ses points forts et ses compétences"),
    },
    "creer-une-entreprise": {
        "definir-son-projet-de-creation-dentreprise": marked("définir son projet de création d’entreprise"),
        "developper-son-entreprise": marked("développer son entreprise"),
        "structurer-son-projet-de-creation-dentreprise": marked("structurer son projet de création d’entreprise"),
    },
    "difficultes-administratives-ou-juridiques": {
        "accompagnement-aux-demarches-administratives": marked("être aidé dans ses démarches administratives"),
        "accompagnement-pour-lacces-a-la-citoyennete": marked("accéder à la citoyenneté"),
        "accompagnement-pour-lacces-aux-droits": marked("accéder à ses droits"),
        "beneficier-dune-mesure-daccompagnement-adapte": marked("bénéficier d’une mesure d’accompagnement adaptée"),
        "connaitre-ses-droits-face-a-une-discrimination": marked("connaître ses droits face à une discrimination"),
        "prendre-en-compte-une-problematique-judiciaire": marked("prendre en compte un problème judiciaire"),
    },
    "difficultes-financieres": {
        "acquerir-une-autonomie-budgetaire": marked("acquérir une autonomie budgétaire"),
        "ameliorer-sa-gestion-budgetaire": marked("améliorer sa gestion budgétaire"),
        "mettre-en-place-une-mesure-de-protection-financiere": marked("mettre en place une protection financière"),
        "prevenir-une-degradation-de-la-situation-financiere": marked("éviter que la situation financière se dégrade"),
        "situation-dendettement-surendettement": marked("endettement, surendettement"),
    },
    "equipement-et-alimentation": {
        "aide-menagere": marked("aide ménagère"),
        "alimentation": marked("alimentation"),
        "electromenager": marked("électroménager"),
        "habillement": marked("habillement"),
    },
    "famille": {
        "garde-denfants": marked("garde d’enfants"),
        "prise-en-charge-personne-dependante": marked("prise en charge d’une personne dépendante"),
        "soutien-a-la-parentalite-et-a-leducation": marked("soutien à la parentalité et à l’éducation"),
        "soutien-aidants": marked("soutien aux aidants"),
        "surmonter-conflits-separation-violence": marked("surmonter un conflit, une séparation, des violences"),
    },
    "lecture-ecriture-calcul": {
        "maitriser-le-calcul": marked("maîtriser le calcul"),
        "maitriser-le-francais": marked("maîtriser le français"),
    },
    "logement-hebergement": {
        "acheter-un-logement": marked("acheter un logement"),
        "changer-de-logement": marked("changer de logement"),
        "louer-un-logement": marked("louer un logement"),
        "rechercher-une-solution-dhebergement-temporaire": marked("trouver un hébergement temporaire"),
        "reduire-les-impayes-de-loyer": marked("réduire les impayés de loyer"),
        "se-maintenir-dans-le-logement": marked("se maintenir dans le logement"),
        "sinformer-sur-les-demarches-liees-a-lacces-au-logement": marked("s’informer sur l’accès au logement"),
    },
    "mobilite": {
        "acceder-a-un-vehicule": marked("accéder à un véhicule"),
        "entretenir-reparer-son-vehicule": marked("entretenir ou réparer son véhicule"),
        "etre-accompagne-dans-son-parcours-mobilite": marked("être accompagné pour se déplacer"),
        "financer-ma-mobilite": marked("financer ses déplacements"),
        "mobilite-douce-partagee-collective": marked("mobilité douce, partagée ou collective"),
        "preparer-un-permis": marked("préparer un permis"),
    },
    "numerique": {
        "acceder-a-des-services-en-ligne": marked("accéder à des services en ligne"),
        "acceder-a-une-connexion-internet": marked("accéder à une connexion internet"),
        "acquerir-un-equipement": marked("acquérir un équipement"),
        "maitriser-les-fondamentaux-du-numerique": marked("maîtriser les bases du numérique"),
    },
    "preparer-sa-candidature": {
        "developper-son-reseau": marked("développer son réseau"),
        "organiser-ses-demarches-de-recherche-demploi": marked("organiser sa recherche d’emploi"),
        "realiser-un-cv-et-ou-une-lettre-de-motivation": marked("faire un CV ou une lettre de motivation"),
        "valoriser-ses-competences": marked("valoriser ses compétences"),
    },
    "remobilisation": {
        "activites-sportives-et-culturelles": marked("activités sportives et culturelles"),
        "benevolat-action-citoyenne": marked("bénévolat, action citoyenne"),
        "bien-etre-confiance-en-soi": marked("bien-être, confiance en soi"),
        "lien-social": marked("lien social"),
    },
    "sante": {
        "acces-aux-soins": marked("accès aux soins"),
        "addictions": marked("addictions"),
        "constituer-un-dossier-mdph-invalidite": marked("constituer un dossier MDPH ou d’invalidité"),
        "sante-mentale": marked("santé mentale"),
        "sante-sexuelle": marked("santé sexuelle"),
    },
    "se-former": {
        "monter-son-dossier-de-formation": marked("monter son dossier de formation"),
        "trouver-sa-formation": marked("trouver sa formation"),
    },
    "souvrir-a-linternational": {
        "connaitre-les-opportunites-demploi-a-letranger": marked("connaître les emplois à l’étranger"),
        "sinformer-sur-les-aides-pour-travailler-a-letranger": marked("s’informer sur les aides pour partir"),
        "sorganiser-suite-a-son-retour-en-france": marked("organiser son retour en France"),
    },
    "trouver-un-emploi": {
        "convaincre-un-recruteur-en-entretien": marked("convaincre un recruteur en entretien"),
        "faire-des-candidatures-spontanees": marked("faire des candidatures spontanées"),
        "maintien-dans-lemploi": marked("rester dans l’emploi"),
        "repondre-a-des-offres-demploi": marked("répondre à des offres d’emploi"),
        "suivre-ses-candidatures-et-relancer-les-employeurs": marked(
            "suivre ses candidatures et relancer les employeurs"
        ),
    },
}

NEEDS: Mapping[str, str] = {
    **THEMES,
    **{f"{theme}--{part}": words for theme, parts in _PARTS.items() for part, words in parts.items()},
}
"""Theme, or theme--part → words. The part alone is said: its theme stands beside it where one chooses."""


def label_of(code: str) -> str:
    """The words of a public or a need; an unknown code with spaces ("logement--trouver" keeps its second part)."""
    return PUBLICS.get(code) or NEEDS.get(code) or code.rpartition("--")[2].replace("-", " ")
