"""What people type about themselves: address, password, codes, names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hrdplatform.accounts.models import User
from hrdplatform.web.languages import NAMES, PUBLIC


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Type your e-mail address.")},
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        error_messages={"required": _("Type your password.")},
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """Six digits of an app, or a back-up code."""

    code = forms.CharField(
        label=_("Code"),
        error_messages={"required": _("Type the code.")},
        help_text=_("The six digits that your app shows now, or one of your back-up codes."),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class FirstCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        error_messages={"required": _("Type the code.")},
        help_text=_("The six digits that the app shows now. They change every 30 seconds."),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class DeviceNameForm(forms.Form):
    name = forms.CharField(
        label=_("Name of this device"),
        error_messages={"required": _("Give this device a name.")},
        help_text=_("So that you recognise it later, for instance “My phone”."),
        max_length=64,
    )


class ResetForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Type your e-mail address.")},
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class NewPasswordField(forms.CharField):
    """A password for an account: 15 characters at least, not a common one, not like the own name or address."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=options.pop("label", _("New password")),
            error_messages={"required": _("Choose a password.")},
            help_text=_("At least 15 characters. Four or five unrelated words are good. No special signs needed."),
            max_length=1000,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            **options,
        )


class NewPasswordForm(forms.Form):
    """A new password for `user`, checked against the house's rules."""

    new = NewPasswordField()

    def __init__(self, *parts: Any, user: User, **named: Any) -> None:
        super().__init__(*parts, **named)
        self.user = user

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new


class ChangePasswordForm(NewPasswordForm):
    """The old password as well, so that an unlocked screen is not enough."""

    old = forms.CharField(
        label=_("Present password"),
        error_messages={"required": _("Type your present password.")},
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new")

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(_("This is not your present password."))
        return old


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        error_messages={"required": _("Type your name.")},
        help_text=_("Colleagues see it."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[(code, NAMES[code]) for code in PUBLIC])


class NewPersonForm(forms.Form):
    """Name and password of somebody who was invited; `email` is the invited address."""

    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Type your name.")},
        help_text=_("Colleagues see it."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = NewPasswordField(label=_("Password"))

    def __init__(self, *parts: Any, email: str, **named: Any) -> None:
        super().__init__(*parts, **named)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        password = cleaned.get("password")
        if password:
            try:
                validate_password(password, User(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
