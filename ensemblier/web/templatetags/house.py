"""Filters and components of every template (loaded as a builtin)."""

from django import template

register = template.Library()
