"""Addresses behind a link; the word in them is the key."""

from django.urls import path

from fenglian.web.registry import fill_views

app_name = "fill"
urlpatterns = [
    path("<str:token>/", fill_views.form, name="form"),
    path("<str:token>/workbook/", fill_views.workbook, name="workbook"),
    path("<str:token>/language/", fill_views.language, name="language"),
]
