"""Addresses of the screens of people, beside the admin's own."""

from django.urls import path

from profiles.admin.people import account, sign_in

app_name = "people"
urlpatterns = [
    path("login/", sign_in.sign_in, name="sign_in"),
    path("code/", sign_in.code, name="code"),
    path("second-factor/", sign_in.enrol, name="enrol"),
    path("second-factor/qr.svg", sign_in.qr, name="qr"),
    path("account/", account.account, name="account"),
    path("password_change/", account.password, name="password"),
    path("account/codes/", account.new_codes, name="new_codes"),
    path("sessions/<int:pk>/end/", account.end_session, name="end_session"),
]
