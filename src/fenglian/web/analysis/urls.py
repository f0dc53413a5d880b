"""Addresses of the analyses; a question of the catalogue has the page of its name."""

from django.urls import path, re_path

from fenglian.web.analysis import drill_views, views

app_name = "analysis"
urlpatterns = [
    path("", views.index, name="index"),
    path("risk/", views.risk, name="risk"),
    path("what-if/", views.what_if, name="what-if"),
    path("drill/", drill_views.drill, name="drill"),
    re_path(r"^drill/plan\.(?P<form>docx|pdf|xlsx)$", drill_views.plan, name="drill-plan"),
    path("drill/keep/", drill_views.keep, name="keep-drill"),
    path("drill/<slug:slug>/", drill_views.kept, name="kept-drill"),
    path("drill/<slug:slug>/notices/", drill_views.notify, name="notify"),
    path("drill/<slug:slug>/end/", drill_views.end, name="end-drill"),
    path("notices/<slug:slug>/", drill_views.notice, name="notice"),
    path("<slug:question>/", views.question, name="question"),
]
