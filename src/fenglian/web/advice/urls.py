"""Addresses of the advice."""

from django.urls import path, re_path

from fenglian.web.advice import views

app_name = "advice"
urlpatterns = [
    path("", views.items, name="items"),
    re_path(r"^brief\.(?P<form>docx|pdf|xlsx)$", views.brief, name="brief"),
]
