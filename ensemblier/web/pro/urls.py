"""Addresses of the pages of signed-in professionals."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
