"""Addresses below the overview; the overview itself is the house's first page."""

from django.urls import path

from fenglian.web.overview import replay_views

app_name = "overview"
urlpatterns = [
    path("replay/", replay_views.replay, name="replay"),
]
