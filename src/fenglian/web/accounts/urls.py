"""Addresses of accounts."""

from django.urls import path

from fenglian.web.accounts.views import doors, joining, own, people

app_name = "accounts"
urlpatterns = [
    path("", own.account, name="account"),
    path("password/", own.password, name="password"),
    path("second-step/renew/", own.renew_factor, name="renew-factor"),
    path("recovery-codes/", own.recovery_codes, name="recovery-codes"),
    path("sessions/others/end/", own.end_other_sessions, name="end-other-sessions"),
    path("sessions/<slug:session>/end/", own.end_session, name="end-session"),
    path("keys/<int:key>/revoke/", own.revoke_key, name="revoke-key"),
    path("sign-in/", doors.sign_in, name="sign-in"),
    path("sign-in/code/", doors.code, name="code"),
    path("second-step/", doors.set_up, name="set-up"),
    path("sign-out/", doors.sign_out, name="sign-out"),
    path("demo/<slug:role>/", doors.enter_demo, name="demo"),
    path("alliance/", doors.choose_alliance, name="alliance"),
    path("join/<slug:token>/", joining.join, name="join"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/propose/", people.propose, name="propose"),
    path("people/factors/", people.propose_factors, name="propose-factors"),
    path("invitations/<slug:slug>/revoke/", people.revoke, name="revoke"),
    path("proposals/<slug:slug>/decide/", people.decide, name="decide"),
    path("units/<slug:slug>/leave/", people.unit_leaves, name="unit-leaves"),
    path("units/<slug:slug>/return/", people.unit_returns, name="unit-returns"),
    path("seats/<str:username>/", people.seat, name="seat"),
    path("seats/<str:username>/change/", people.change_seat, name="change-seat"),
    path("seats/<str:username>/end/", people.end_seat, name="end-seat"),
    path("seats/<str:username>/renew/", people.propose_renewal, name="propose-renewal"),
    path("seats/<str:username>/unlock/", people.unlock, name="unlock"),
]
