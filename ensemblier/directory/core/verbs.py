"""What the history of a row says that was done: verb of an action → French words, translated at the doors."""

from collections.abc import Mapping

from ensemblier.kernel.words import marked

VERBS: Mapping[str, str] = {
    "accept_suggestion": marked("a accepté une correction"),
    "change_contact": marked("a modifié l'interlocuteur"),
    "change_offer": marked("a modifié l'offre"),
    "close_row": marked("a fermé la fiche"),
    "confirm_row": marked("a relu la fiche et l'a trouvée juste"),
    "correct_row": marked("a corrigé la fiche"),
    "decide_suggestion": marked("a décidé d'une correction proposée"),
    "end_strength": marked("a retiré un atout"),
    "hold_lot": marked("a noté qui tient le lot"),
    "import": marked("a importé"),
    "join_groupement": marked("a noté l'entrée dans un groupement"),
    "join_network": marked("a noté l'entrée dans un réseau"),
    "leave_network": marked("a noté la sortie d'un réseau"),
    "leave_perimeter": marked("a noté la fin d'un périmètre d'intervention"),
    "load": marked("a chargé la démonstration"),
    "merge": marked("a fusionné deux fiches"),
    "move_site": marked("a placé le lieu sur la carte"),
    "propose_permanence": marked("a proposé une permanence"),
    "publish_contact": marked("a publié l'interlocuteur"),
    "record_absence": marked("a noté une absence"),
    "record_contact": marked("a ajouté un interlocuteur"),
    "record_exception": marked("a noté une fermeture ou une ouverture exceptionnelle"),
    "record_offer": marked("a ajouté une offre"),
    "record_organisation": marked("a ajouté la structure"),
    "record_site": marked("a ajouté le lieu"),
    "record_strength": marked("a écrit un atout"),
    "reject": marked("a dit que deux fiches sont distinctes"),
    "serve_perimeter": marked("a noté un périmètre d'intervention"),
    "undo_merge": marked("a défait une fusion"),
}


def verb_words(verb: str) -> str:
    """The words of a verb; one that is not here keeps its name, with spaces."""
    return VERBS.get(verb) or verb.replace("_", " ")
