"""Address of the adviser's day."""

from django.urls import URLPattern, path

from ensemblier.web.day import views

urlpatterns: list[URLPattern] = [path("ma-journee/", views.day, name="day")]
