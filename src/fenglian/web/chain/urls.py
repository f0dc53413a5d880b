"""Addresses of the chain."""

from django.urls import path

from fenglian.web.chain import views

app_name = "chain"
urlpatterns = [
    path("", views.chain_map, name="map"),
    path("coverage.csv", views.coverage_csv, name="coverage-csv"),
    path("<slug:product>/", views.product, name="product"),
]
