"""Addresses of access."""

from django.urls import path

from fenglian.web.access import views

app_name = "access"
urlpatterns = [
    path("", views.grants, name="grants"),
    path("table/", views.table, name="table"),
    path("grants/<int:number>/revoke/", views.revoke, name="revoke"),
    path("purposes/", views.state, name="state"),
    path("purposes/<int:number>/confirm/", views.confirm, name="confirm"),
    path("purposes/<int:number>/end/", views.end, name="end"),
]
