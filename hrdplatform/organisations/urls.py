"""Addresses of organisations, below `/account/` at the office's and the aid door."""

from __future__ import annotations

from django.urls import path

from hrdplatform.organisations.views import invitee, members

app_name = "organisations"

urlpatterns = [
    path("invitation/<str:secret>/", invitee.invitation, name="invitation"),
    path("organisation/<slug:slug>/", members.members, name="members"),
    path("organisation/<slug:slug>/invite/", members.invite, name="invite"),
    path("organisation/<slug:slug>/invitation/<int:number>/withdraw/", members.withdraw, name="withdraw"),
    path("organisation/<slug:slug>/member/<int:number>/role/", members.role, name="role"),
    path("organisation/<slug:slug>/member/<int:number>/remove/", members.remove, name="remove"),
    path("organisation/<slug:slug>/member/<int:number>/account/", members.account, name="account"),
]
