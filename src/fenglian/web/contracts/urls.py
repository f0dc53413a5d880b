"""Addresses of agreements."""

from django.urls import path, re_path

from fenglian.web.contracts import need_views, views

app_name = "contracts"
SLUG = r"(?P<slug>[0-9a-f]{16})"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("signings/", views.signings, name="signings"),
    path("sourcing/", views.sourcing, name="sourcing"),
    path("links/", views.links, name="links"),
    path("needs/", need_views.needs, name="needs"),
    re_path(rf"^needs/{SLUG}/offer/$", need_views.offer, name="offer"),
    re_path(rf"^needs/{SLUG}/order/$", need_views.order, name="order"),
    path("apart/", views.tell_apart, name="apart"),
    re_path(rf"^named/{SLUG}/$", views.naming, name="naming"),
    re_path(rf"^{SLUG}/$", views.agreement, name="agreement"),
]
