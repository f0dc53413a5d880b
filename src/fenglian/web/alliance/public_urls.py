"""Addresses that need no account."""

from django.urls import path

from fenglian.web.alliance import public_views

app_name = "public"
urlpatterns = [
    path("alliance/<slug:slug>/", public_views.page, name="page"),
    path("apply/<str:token>/", public_views.apply, name="apply"),
    path("sign-in/<str:token>/", public_views.sign_in, name="sign-in"),
]
