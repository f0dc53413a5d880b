"""Addresses of the advice."""

from django.urls import path, re_path

from fenglian.web.advice import decision_views, views

app_name = "advice"
urlpatterns = [
    path("", views.items, name="items"),
    re_path(r"^brief\.(?P<form>docx|pdf|xlsx)$", views.brief, name="brief"),
    path("gaps/", decision_views.gaps, name="gaps"),
    path("gaps/<slug:product>/", decision_views.gap, name="gap"),
    path("gaps/<slug:product>/give/", decision_views.give, name="give"),
    path("gaps/<slug:product>/decide/", decision_views.decide, name="decide"),
    path("history/", decision_views.history, name="history"),
    path("history/<slug:slug>/", decision_views.record, name="record"),
    path("history/<slug:slug>/choose/", decision_views.choose, name="choose"),
    path("history/<slug:slug>/publish/", decision_views.publish, name="publish"),
    path("history/<slug:slug>/take-back/", decision_views.take_back, name="take-back"),
    re_path(
        r"^history/(?P<slug>[0-9a-f]{16})/brief\.(?P<form>docx|pdf)$",
        decision_views.record_brief,
        name="record-brief",
    ),
]
