"""Addresses of the pages of signed-in professionals."""

from django.urls import URLPattern, path

from ensemblier.web.pro import agreements, callbacks, calls, decisions, edits, lists, proposals, strengths, verbs

urlpatterns: list[URLPattern] = [
    path("pro/", calls.who, name="directory"),
    path("pro/rappels/", callbacks.waiting, name="callbacks"),
    path("pro/rappels/<uuid:uid>/", callbacks.made, name="callback-made"),
    path("pro/agir-pour/", decisions.act_for, name="act-for"),
    path("pro/a-revoir/", lists.stale, name="stale"),
    path("pro/a-revoir/<slug:kind>/<uuid:uid>/", edits.confirm, name="confirm"),
    path("pro/corrections/", lists.moderation, name="moderation"),
    path("pro/corrections/<uuid:uid>/", decisions.suggestion, name="decide-suggestion"),
    path("pro/permanences/", lists.permanences, name="permanences"),
    path("pro/permanences/<uuid:uid>/", decisions.permanence, name="decide-permanence"),
    path("pro/permanences/proposer/<uuid:site>/", proposals.propose, name="propose-permanence"),
    path("pro/doublons/", decisions.duplicates, name="duplicates"),
    path("pro/doublons/<int:pair>/", decisions.duplicate, name="decide-duplicate"),
    path("pro/doublons/defaire/<int:merge>/", decisions.undo_merge, name="undo-merge"),
    path("pro/accords/", agreements.agreements_list, name="agreements"),
    path("pro/accords/nouveau/", agreements.where, name="new-agreement"),
    path("pro/accords/nouveau/<slug:kind>/<slug:code>/", agreements.create, name="create-agreement"),
    path("pro/accords/<uuid:uid>/relire/", agreements.review, name="review-agreement"),
    path("pro/accords/<uuid:uid>/terminer/", agreements.end, name="end-agreement"),
    path("pro/accords/<uuid:uid>/signer/", agreements.sign, name="sign-agreement"),
    path("pro/imports/", proposals.imports, name="imports"),
    path("pro/imports/<int:run>/", proposals.import_report, name="import"),
    path("pro/lieux/<uuid:uid>/exception/", verbs.exception, name="record-exception"),
    path("pro/interlocuteurs/<uuid:uid>/absence/", verbs.absence, name="record-absence"),
    path("pro/interlocuteurs/<uuid:uid>/sujets/", verbs.contact, name="change-contact"),
    path("pro/offres/<uuid:uid>/publics/", verbs.offer, name="change-offer"),
    path("pro/reseaux/<slug:code>/", strengths.strengths, name="strengths"),
    path("pro/reseaux/<slug:code>/<int:row>/finir/", strengths.end, name="end-strength"),
    path("pro/fermer/<slug:kind>/<uuid:uid>/", verbs.close, name="close"),
    path("pro/intervenir/<uuid:uid>/", verbs.served, name="served"),
    path("pro/intervenir/<uuid:uid>/finir/<uuid:row>/", verbs.leave, name="leave"),
    path("pro/intervenir/<uuid:uid>/<slug:kind>/<slug:code>/", verbs.serve, name="serve"),
    path("pro/modifier/<slug:kind>/<uuid:uid>/", edits.edit, name="edit"),
    path("pro/ajouter/<slug:kind>/<uuid:uid>/", edits.create, name="create"),
]
