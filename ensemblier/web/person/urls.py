"""Addresses of the person's own space. None names a structure, a need or anybody."""

from django.urls import URLPattern, path

from ensemblier.web.person import agreeing, by_link, data, files, home, looked, plan, professionals, relays, sharing

urlpatterns: list[URLPattern] = [
    path("mon-espace/", home.home, name="my-space"),
    path("mon-espace/personnes/", plan.people, name="my-people"),
    path("mon-espace/decisions/", plan.decisions, name="my-decisions"),
    path("mon-espace/relais/", relays.relays, name="my-relays"),
    path("mon-espace/relais/<uuid:uid>/", relays.relay, name="my-relay"),
    path("mon-espace/relais/<uuid:uid>/decider/", relays.send, name="my-relay-send"),
    path("mon-espace/relais/<uuid:uid>/arreter/", relays.stop, name="my-relay-stop"),
    path("mon-espace/relais/<uuid:uid>/repondre/", relays.answer, name="my-answer"),
    path("mon-espace/relais/<uuid:uid>/avis/", relays.opinion, name="my-opinion"),
    path("mon-espace/partages/", sharing.sharings, name="my-sharings"),
    path("mon-espace/partages/<uuid:uid>/", sharing.text, name="my-sharing"),
    path("mon-espace/partages/<uuid:uid>/prolonger/", agreeing.extend, name="my-sharing-extend"),
    path("mon-espace/accords/", agreeing.agreements, name="my-agreements"),
    path("mon-espace/partages/<uuid:uid>/arreter/", sharing.stop, name="my-sharing-stop"),
    path("mon-espace/partages/<uuid:uid>/papier/", sharing.paper, name="my-paper"),
    path("mon-espace/qui-a-regarde/", looked.looked, name="who-looked"),
    path("mon-espace/demandes/", looked.contest, name="my-requests"),
    path("mon-espace/donnees/", data.data, name="my-data"),
    path("mon-espace/donnees/lire/", data.read, name="my-data-read"),
    path("mon-espace/donnees.pdf", data.paper, name="my-data-pdf"),
    path("mon-espace/donnees.json", data.machine, name="my-data-json"),
    path("mon-espace/dossiers/", files.files, name="my-files"),
    path("mon-espace/dossiers/relier/<str:token>/", files.link, name="link-file"),
    path("mon-espace/dossiers/<uuid:uid>/delier/", files.take_out, name="unlink-file"),
    path("mon-choix/<str:token>/", by_link.enter, name="choice-link"),
    path("mon-choix/relais/<uuid:uid>/", by_link.choice, name="choice"),
    path("mon-choix/relais/<uuid:uid>/decider/", by_link.send, name="choice-send"),
    path("mon-choix/relais/<uuid:uid>/arreter/", by_link.stop, name="choice-stop"),
    path("dossiers/<uuid:uid>/inviter/", professionals.invite, name="file-invite"),
    path("dossiers/reprendre/", professionals.bring, name="bring-file"),
    path("avis/", professionals.opinions, name="opinions"),
    path("demandes/", professionals.requests, name="rights-requests"),
    path("arreter/<str:token>/", sharing.stop_link, name="stop-sharing"),
]
