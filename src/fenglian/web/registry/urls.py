"""Addresses of the registry."""

from django.urls import path, re_path

from fenglian.web.registry import bring_views, link_views, unit_views, views

app_name = "registry"
SLUG = r"(?P<slug>[0-9a-f]{16})"
FORM = r"(?P<form>[a-z_]{2,24})"
ROW = r"(?P<row>[0-9a-f]{16})"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("organisations.csv", views.organisations_csv, name="organisations-csv"),
    path("rows/<slug:pack>/<slug:table>/<str:key>/", views.row, name="row"),
    path("unit/", unit_views.mine, name="mine"),
    re_path(rf"^units/{SLUG}/$", unit_views.unit, name="unit"),
    path("units/", unit_views.units, name="units"),
    re_path(rf"^units/{SLUG}/workbook/$", unit_views.workbook, name="workbook"),
    re_path(rf"^units/{SLUG}/bring/$", bring_views.bring, name="bring"),
    re_path(rf"^units/{SLUG}/export\.zip$", unit_views.takeaway, name="takeaway"),
    re_path(rf"^units/{SLUG}/links/$", link_views.make, name="make-link"),
    re_path(rf"^links/{SLUG}/revoke/$", link_views.revoke, name="revoke-link"),
    re_path(rf"^units/{SLUG}/propose/{FORM}/$", unit_views.propose, name="propose-row"),
    re_path(
        rf"^units/{SLUG}/propose/{FORM}/{ROW}/$", unit_views.propose, name="propose-correction"
    ),
    re_path(rf"^units/{SLUG}/{FORM}/$", unit_views.row, name="new-row"),
    re_path(rf"^units/{SLUG}/{FORM}/{ROW}/$", unit_views.row, name="edit-row"),
    re_path(rf"^units/{SLUG}/{FORM}/{ROW}/end/$", unit_views.end_row, name="end-row"),
    re_path(rf"^proposals/{SLUG}/$", unit_views.decide, name="decide"),
    re_path(rf"^{SLUG}/$", views.organisation, name="organisation"),
    re_path(rf"^{SLUG}/judge/$", views.judge, name="judge"),
]
