"""Whom to invite, and as what."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hrdplatform.organisations.states import Role
from hrdplatform.web.languages import NAMES, PUBLIC


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={"required": _("Type the address of the person to invite.")},
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=[(code, NAMES[code]) for code in PUBLIC]
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
