"""Addresses of signing in and out, of accounts and teams, and of the language."""

from django.urls import URLPattern, path

from ensemblier.web.access import Who, page
from ensemblier.web.entrance import conventions, invitations, persons, providers, second_step, security, team, views

urlpatterns: list[URLPattern] = [
    path("connexion/", views.sign_in, name="sign-in"),
    path("connexion/seconde-preuve/", second_step.second_step, name="second-step"),
    path("connexion/premiere-fois/", second_step.first_factor, name="first-factor"),
    path("connexion/<slug:key>/", providers.go, name="provider-go"),
    path("connexion/<slug:key>/retour/", providers.back, name="provider-back"),
    path("deconnexion/", page(reads=False, who=Who.EVERYONE)(views.SignOut.as_view()), name="sign-out"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("rejoindre/", invitations.join, name="join"),
    path("mon-espace/connexion/", persons.sign_in, name="person-sign-in"),
    path("mon-espace/entrer/<str:token>/", persons.enter_by_link, name="person-enter"),
    path("mon-espace/quitter/", persons.sign_out, name="person-sign-out"),
    path("compte/", security.security, name="security"),
    path("compte/preuve/", second_step.add_factor, name="add-factor"),
    path("compte/preuve/<slug:kind>/<int:factor>/retirer/", security.remove, name="remove-factor"),
    path("compte/codes/", security.new_codes, name="new-recovery-codes"),
    path("compte/sessions/", security.close, name="close-sessions"),
    path("pro/convention/", conventions.convention, name="convention"),
    path("equipe/", team.team, name="team"),
    path("equipe/inviter/", team.invite_member, name="invite-member"),
    path("equipe/invitations/<uuid:uid>/retirer/", team.take_back, name="cancel-invitation"),
    path("equipe/absences/<uuid:uid>/finir/", team.come_back, name="end-member-absence"),
    path("equipe/<int:user>/absence/", team.absence, name="member-absence"),
    path("equipe/<int:user>/roles/", team.roles, name="member-roles"),
    path("equipe/<int:user>/depart/", team.leave, name="member-leaves"),
    path("bienvenue/", team.arrival, name="arrival"),
    path("langue/<str:code>/", views.language, name="language"),
]
