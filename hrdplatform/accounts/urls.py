"""Addresses of accounts, below `/account/` at the office's and the aid door."""

from __future__ import annotations

from django.urls import path

from hrdplatform.accounts.views import apps, home, passkeys, passwords, second_factor, sign_in

app_name = "accounts"

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("second-factor/passkey/begin/", passkeys.verify_begin, name="passkey_verify_begin"),
    path("second-factor/passkey/finish/", passkeys.verify_finish, name="passkey_verify_finish"),
    path("enrol/", second_factor.enrol, name="enrol"),
    path("app/", apps.begin, name="app_begin"),
    path("app/<int:number>/", apps.app, name="app"),
    path("passkey/", passkeys.add, name="passkey"),
    path("passkey/begin/", passkeys.register_begin, name="passkey_begin"),
    path("passkey/finish/", passkeys.register_finish, name="passkey_finish"),
    path("codes/", home.codes, name="codes"),
    path("device/<slug:kind>/<int:number>/remove/", home.remove, name="device_remove"),
    path("profile/", home.profile, name="profile"),
    path("password/", passwords.change, name="password"),
    path("password/reset/", passwords.ask, name="reset_ask"),
    path("password/reset/sent/", passwords.asked, name="reset_asked"),
    path("password/reset/<slug:person>/<slug:token>/", passwords.reset, name="reset"),
]
