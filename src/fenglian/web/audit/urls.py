"""Addresses of the audit log."""

from django.urls import path

from fenglian.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("check/", views.check, name="check"),
    path("entries.csv", views.entries_csv, name="entries-csv"),
]
