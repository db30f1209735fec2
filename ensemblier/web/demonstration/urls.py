"""Addresses of what exists for the demonstration only."""

from django.urls import URLPattern, path

from ensemblier.web.demonstration import mailbox

urlpatterns: list[URLPattern] = [path("demonstration/courrier/", mailbox.mailbox, name="demonstration-mail")]
