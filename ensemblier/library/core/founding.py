"""The texts that found the conseil en évolution professionnelle, as notices: facts, in our own words."""

from datetime import date

from ensemblier.library.core.kinds import Domain, Licence, ResourceKind
from ensemblier.library.core.notices import Notice, issued

SOURCE = "Textes fondateurs du conseil en évolution professionnelle"
_CEP = "conseil en évolution professionnelle"
_ORDER = (
    "fixant le cahier des charges relatif au conseil en évolution professionnelle prévu à l’article L. 6111-6 du code "
    "du travail"
)


def _law(identifier: str, title: str, day: str, abstract: str, **more: object) -> Notice:
    known: dict[str, object] = {"series": "Journal officiel", "keywords": (_CEP,), **more}
    return Notice(
        title=title, kind=ResourceKind.LAW, abstract=abstract, issued=issued(day), domain=Domain.LAW,
        licence=Licence.LAW, identifier=identifier, **known,  # type: ignore[arg-type]
    )  # fmt: skip


FOUNDING = (
    _law(
        "loi-2014-288",
        "Loi n° 2014-288 du 5 mars 2014 relative à la formation professionnelle, à l’emploi et à la démocratie sociale",
        "2014-03-05",
        "Crée le conseil en évolution professionnelle et confie aux Régions la coordination locale du service public "
        "régional de l’orientation.",
        keywords=(_CEP, "service public régional de l’orientation", "Région"),
    ),
    _law(
        "arrete-2014-07-16",
        f"Arrêté du 16 juillet 2014 {_ORDER}",
        "2014-07-16",
        "Le premier cahier des charges : trois niveaux de service, un conseiller référent, des outils de liaison entre "
        "opérateurs, un aiguillage à formaliser d’avance. Celui du 29 mars 2019 le remplace.",
        series="Journal officiel du 24 juillet 2014",
        keywords=(_CEP, "cahier des charges", "aiguillage", "niveaux de service"),
        repealed_on=date(2020, 1, 1),
    ),
    Notice(
        title="Guide repère du conseil en évolution professionnelle",
        kind=ResourceKind.TOOL,
        abstract="Le document de référence des conseillers, dans sa version de mars 2017 : il précède le cahier des "
        "charges de 2019. Seule la notice est ici.",
        issued=issued("2017-03"),
        domain=Domain.ADVICE,
        keywords=(_CEP, "posture", "méthode"),
        identifier="guide-repere-2017",
    ),
    _law(
        "loi-2018-771",
        "Loi n° 2018-771 du 5 septembre 2018 pour la liberté de choisir son avenir professionnel",
        "2018-09-05",
        "Confie à des opérateurs régionaux le conseil des actifs en emploi du secteur privé, à partir de 2020.",
        keywords=(_CEP, "opérateur régional", "France compétences"),
    ),
    _law(
        "arrete-2019-03-29",
        f"Arrêté du 29 mars 2019 {_ORDER}",
        "2019-03-29",
        "Le cahier des charges en vigueur : deux niveaux de service, qui ne se suivent pas forcément, et les principes "
        "du conseil. Il s’applique depuis le 1er janvier 2020.",
        series="Journal officiel du 30 mars 2019",
        keywords=(_CEP, "cahier des charges", "niveaux de service", "neutralité", "gratuité"),
        in_force_from=date(2020, 1, 1),
    ),
    _law(
        "decret-2019-657",
        "Décret n° 2019-657 du 27 juin 2019 : partage de données par les opérateurs du conseil en évolution "
        "professionnelle",
        "2019-06-27",
        "Un opérateur qui ne partage pas ses données d’activité peut perdre sa qualité d’opérateur.",
        keywords=(_CEP, "données", "indicateurs"),
        in_force_from=date(2020, 1, 1),
        link="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038696026",
    ),
    Notice(
        title="Coopérer pour mieux orienter : zoom sur les pratiques locales des acteurs du CEP",
        kind=ResourceKind.PUBLICATION,
        abstract="L’étude dont part Ensemblier : comment les opérateurs d’un territoire travaillent ensemble, ou pas.",
        authors=(
            "Alexandra d’Agostino", "Liza Baghioni", "Agnès Legay", "Laure Gayraud", "Aline Valette-Wursthén",
        ),
        publisher="Céreq",
        series="Céreq Bref",
        number="383",
        pages="1-4",
        issued=issued("2019"),
        deposited_on=date(2020, 7, 9),
        domain=Domain.COOPERATION,
        keywords=(_CEP, "coopération", "territoire"),
        licence=Licence.CC_BY_ND,
        identifier="halshs-02894754",
        link="https://shs.hal.science/halshs-02894754",
    ),
)  # fmt: skip
