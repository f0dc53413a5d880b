"""Addresses of the registry."""

from django.urls import path, re_path

from fenglian.web.registry import views

app_name = "registry"
SLUG = r"(?P<slug>[0-9a-f]{16})"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("organisations.csv", views.organisations_csv, name="organisations-csv"),
    path("rows/<slug:pack>/<slug:table>/<str:key>/", views.row, name="row"),
    re_path(rf"^{SLUG}/$", views.organisation, name="organisation"),
    re_path(rf"^{SLUG}/judge/$", views.judge, name="judge"),
]
