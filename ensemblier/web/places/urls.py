"""Addresses of the public pages of the directory."""

from django.urls import URLPattern, path

from ensemblier.web.places import communes, coverage, networks, rows, search, suggestions, territories, zones

urlpatterns: list[URLPattern] = [
    path("territoires/", territories.find, name="territory"),
    path("territoires/<slug:kind>/<slug:code>/", zones.profile, name="zone"),
    path("territoires/<slug:kind>/<slug:code>/annuaire.pdf", zones.booklet, name="booklet"),
    path("territoires/<slug:kind>/<slug:code>/couverture/", coverage.zone_coverage, name="zone-coverage"),
    path("territoires/<slug:kind>/<slug:code>/alertes/", coverage.alert, name="coverage-alert"),
    path("couverture/", territories.coverage_index, name="coverage"),
    path("communes/<slug:code>/", communes.commune, name="commune"),
    path("reseaux/", networks.networks, name="networks"),
    path("corriger/<slug:kind>/<uuid:uid>/", suggestions.suggest, name="suggest"),
    path("lieux/", search.places, name="places"),
    path("lieux/<uuid:uid>/", rows.site, name="site"),
    path("interlocuteurs/<uuid:uid>.vcf", rows.contact_vcard, name="contact-vcard"),
    path("structures/<uuid:uid>/", rows.organisation, name="organisation"),
]
