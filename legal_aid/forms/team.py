"""The forms of team set-up, and the JSON in which a member's browser proposes new keys."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hrdplatform.accounts.models import User
from hrdplatform.organisations.models import Membership, Organisation
from hrdplatform.organisations.states import Role
from hrdplatform.web.languages import AID, NAMES
from legal_aid.domain.teams import Proposal
from legal_aid.models import Team, TeamMember
from legal_aid.states import MemberState, Scope, TeamRole

from .sealed import Body

LARGEST_LIST = 2 * 1024 * 1024


class FoundForm(forms.Form):
    """The public words of a new team; the founder leads it."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    name = forms.CharField(label=_("Name of the team"), max_length=120)
    languages = forms.MultipleChoiceField(
        label=_("Languages in which you answer"),
        choices=[(code, NAMES[code]) for code in AID],
        widget=forms.CheckboxSelectMultiple,
    )
    mandate = forms.CharField(
        label=_("Whom you help, and with what"),
        help_text=_("Two or three sentences. Everybody can read them."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, user: User, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        administered = Membership.objects.filter(user=user, role=Role.ADMINISTRATOR)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Organisation.objects.filter(memberships__in=administered).distinct()


class MemberForm(forms.Form):
    """What a member is and reads."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[choice for choice in TeamRole.choices if choice[0] != TeamRole.LEAD]
    )
    scope = forms.ChoiceField(label=_("Reads"), choices=Scope.choices, widget=forms.RadioSelect, initial=Scope.INTAKE)


class InviteForm(MemberForm):
    """Somebody with an account in the team's organisation."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        help_text=_("Somebody who has an account in your organisation and is in no team yet."),
    )
    field_order = ["person", "role", "scope"]

    def __init__(self, *args: object, team: Team, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        taken = TeamMember.objects.exclude(state=MemberState.REMOVED).values("user")
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = (
            User.objects.filter(memberships__organisation=team.organisation_id, is_active=True)
            .exclude(pk__in=taken)
            .distinct()
            .order_by("name")
        )


class ListForm(forms.Form):
    """The answer of the off-line script."""

    signed = forms.FileField(
        label=_("Signed list"),
        help_text=_("The file that the off-line script wrote."),
        error_messages={"required": _("Choose the file that the off-line script wrote.")},
    )

    def clean_signed(self) -> bytes:
        file = self.cleaned_data["signed"]
        if file.size > LARGEST_LIST:
            raise forms.ValidationError(_("This is no signed list: it is too large."))
        return bytes(file.read())


class NamedForm(forms.Form):
    """A member's own agreement to be named."""

    agreed = forms.BooleanField(label=_("Defenders may see my name on the team’s page"), required=False)


def proposal(raw: bytes) -> Proposal:
    """The body of `POST /desk/sealed/keys/`: new keys with the identity file that holds them."""
    body = Body.read(raw)
    return Proposal(kind=body.text("kind"), file=body.octets("file"), kem=body.octets("kem"), sig=body.octets("sig"))


def identity(raw: bytes) -> tuple[str, bytes]:
    """The body of `POST /desk/sealed/identities/`: one more file that opens the same seed."""
    body = Body.read(raw)
    return body.text("kind"), body.octets("file")
