"""Addresses below the overview; the overview itself is the house's first page."""

from django.urls import path, re_path

from fenglian.web.overview import replay_views, yearly_views

app_name = "overview"
urlpatterns = [
    path("replay/", replay_views.replay, name="replay"),
    path("year/", yearly_views.report, name="year"),
    re_path(r"^year/report\.(?P<form>docx|pdf|xlsx)$", yearly_views.document, name="year-document"),
]
