"""Addresses of access."""

from django.urls import path

from fenglian.web.access import views

app_name = "access"
urlpatterns = [
    path("", views.grants, name="grants"),
    path("table/", views.table, name="table"),
    path("grants/<slug:slug>/revoke/", views.revoke, name="revoke"),
    path("purposes/", views.state, name="state"),
    path("purposes/<slug:slug>/confirm/", views.confirm, name="confirm"),
    path("purposes/<slug:slug>/end/", views.end, name="end"),
]
