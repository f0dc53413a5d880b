"""Addresses of the analyses; a question of the catalogue has the page of its name."""

from django.urls import path

from fenglian.web.analysis import views

app_name = "analysis"
urlpatterns = [
    path("", views.index, name="index"),
    path("risk/", views.risk, name="risk"),
    path("what-if/", views.what_if, name="what-if"),
    path("<slug:question>/", views.question, name="question"),
]
