"""Addresses of accounts."""

from django.urls import path

from fenglian.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("demo/<slug:role>/", views.enter_demo, name="demo"),
    path("alliance/", views.choose_alliance, name="alliance"),
    path("keys/<int:key>/revoke/", views.revoke_key, name="revoke-key"),
]
