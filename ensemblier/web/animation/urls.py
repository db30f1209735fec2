"""Addresses of the animation of a territory: the agenda, its pages, the community."""

from django.urls import URLPattern, path

from ensemblier.web.animation import agenda, community, heads, knowing, organising, territory

_PLACE = "territoires/<slug:kind>/<slug:code>/"
_EVENT = "agenda/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path("agenda/", agenda.coming, name="agenda"),
    path("agenda/abonnement/", agenda.renew, name="agenda-feed"),
    path("agenda/abonnement/<uuid:key>.ics", agenda.own_feed, name="own-feed"),
    path("agenda/inscription/<uuid:key>/", agenda.seat, name="event-seat"),
    path("agenda/<uuid:uid>.ics", agenda.event_file, name="event-file"),
    path(_EVENT, agenda.event, name="event"),
    path(_EVENT + "modifier/", organising.change, name="change-event"),
    path(_EVENT + "annoncer/", organising.publish, name="publish-event"),
    path(_EVENT + "annuler/", organising.cancel, name="cancel-event"),
    path(_EVENT + "presences/", organising.attendance, name="attendance"),
    path(_EVENT + "emargement.pdf", organising.attendance_paper, name="attendance-paper"),
    path(_EVENT + "compte-rendu/", organising.report, name="event-report"),
    path(_EVENT + "bibliotheque/", organising.shelve, name="shelve-event"),
    path(_PLACE + "animation/", territory.territory, name="animation-territory"),
    path(_PLACE + "animation/qui-fait-quoi/", territory.who_does_what, name="who-does-what"),
    path(_PLACE + "animation/lettre.pdf", territory.paper, name="territory-letter"),
    path(_PLACE + "animation/kit/", territory.kit, name="territory-kit"),
    path(_PLACE + "animation/recevoir/", territory.subscribe, name="subscribe"),
    path(_PLACE + "animation/nouveau/<slug:what>/", heads.new, name="animation-new"),
    path(_PLACE + "agenda.ics", agenda.territory_feed, name="territory-feed"),
    path(_PLACE + "agenda/nouveau/", organising.new, name="new-event"),
    path("quitter/<uuid:uid>/", territory.leave, name="leave"),
    path("animation/", territory.find, name="animation"),
    path("animation/question-du-mois/", knowing.month, name="month"),
    path("animation/cooperations/", knowing.declared, name="declared-ties"),
    path("animation/cooperations/<uuid:uid>/retirer/", knowing.take_back, name="take-back-tie"),
    path("animation/ma-carte/", knowing.card, name="own-card"),
    path("animation/ma-carte.vcf", knowing.card_file, name="own-card-file"),
    path("animation/cercle/<uuid:uid>/importer/", knowing.bring, name="circle-import"),
    path("animation/cercle/<uuid:uid>/ecrire/", knowing.write, name="circle-write"),
    path("animation/production/<uuid:uid>/bibliotheque/", organising.shelve_row, name="shelve-deliverable"),
    path("animation/engagement/<uuid:row>/avancer/", heads.move, name="move-commitment"),
    path("animation/lignes/<slug:what>/<uuid:row>/corriger/", heads.change_line, name="animation-change-row"),
    path("animation/lignes/<slug:what>/<uuid:row>/retirer/", heads.remove_line, name="animation-remove-row"),
    path("animation/lignes/<slug:what>/<uuid:row>/prendre/", heads.take, name="animation-take"),
    path("animation/<slug:kind>/<uuid:uid>/", heads.head, name="animation-head"),
    path("animation/<slug:kind>/<uuid:uid>/modifier/", heads.change, name="animation-change"),
    path("animation/<slug:kind>/<uuid:uid>/<slug:what>/ajouter/", heads.add, name="animation-add"),
    path("questions/", community.listed, name="questions"),
    path("questions/nouvelle/", community.new, name="ask"),
    path("questions/<uuid:uid>/", community.question, name="question-page"),
    path("questions/<uuid:uid>/<uuid:row>/<slug:name>/", community.gesture, name="question-gesture"),
]
