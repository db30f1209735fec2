"""Addresses of the pages of signed-in professionals."""

from django.urls import URLPattern, path

from ensemblier.web.pro import agreements, callbacks, calls, decisions, edits, lists, proposals

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
    path("pro/accords/<uuid:uid>/signer/", agreements.sign, name="sign-agreement"),
    path("pro/imports/", proposals.imports, name="imports"),
    path("pro/imports/<int:run>/", proposals.import_report, name="import"),
    path("pro/modifier/<slug:kind>/<uuid:uid>/", edits.edit, name="edit"),
    path("pro/ajouter/<slug:kind>/<uuid:uid>/", edits.create, name="create"),
]
