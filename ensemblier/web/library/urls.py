"""Addresses of the library."""

from django.urls import URLPattern, path

from ensemblier.web.library import deposits, notices, search, shelves

urlpatterns: list[URLPattern] = [
    path("bibliotheque/", search.library, name="library"),
    path("bibliotheque/suggestions/", search.suggest, name="library-suggestions"),
    path("bibliotheque/deposer/", deposits.deposit, name="library-deposit"),
    path("bibliotheque/deposees/", deposits.deposited, name="library-deposited"),
    path("bibliotheque/gardees/", shelves.kept, name="library-kept"),
    path("bibliotheque/recherches/garder/", shelves.keep_search, name="library-keep-search"),
    path("bibliotheque/recherches/<uuid:uid>/oublier/", shelves.forget_search, name="library-forget-search"),
    path("bibliotheque/notice/<path:identifier>", notices.permalink, name="library-permalink"),
    path("bibliotheque/<uuid:uid>/", notices.notice, name="resource"),
    path("bibliotheque/<uuid:uid>/citer/<slug:form>/", notices.cite, name="resource-cite"),
    path("bibliotheque/<uuid:uid>/fichiers/<uuid:file>/", notices.download, name="resource-file"),
    path("bibliotheque/<uuid:uid>/modifier/", deposits.correct, name="resource-correct"),
    path("bibliotheque/<uuid:uid>/relue/", deposits.confirm, name="resource-confirm"),
    path("bibliotheque/<uuid:uid>/retirer/", deposits.withdraw, name="resource-withdraw"),
    path("bibliotheque/<uuid:uid>/joindre/", deposits.attach, name="resource-attach"),
    path("bibliotheque/<uuid:uid>/fichiers/<uuid:file>/enlever/", deposits.detach, name="resource-detach"),
    path("bibliotheque/<uuid:uid>/transcription/", deposits.transcribe, name="resource-transcribe"),
    path("bibliotheque/<uuid:uid>/garder/", shelves.keep, name="resource-keep"),
]
