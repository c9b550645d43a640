"""The forms of the journey without scripts. Between pages their text travels back in the form, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hrdplatform.web.languages import AID, NAMES
from legal_aid.domain.contact import Aim, Channel, Contact, WritingFor
from legal_aid.domain.public_team import PublicTeam
from legal_aid.states import Urgency

LONGEST_STORY = 20_000
LONGEST_LINE = 500


class LongText(forms.CharField):
    """A text kept as typed, counted in characters as readers count them; the browser cuts nothing off."""

    widget = forms.Textarea

    def __init__(self, *, most: int = LONGEST_STORY, rows: int = 8, **options: object) -> None:
        self.most = most
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": rows}), **options)  # type: ignore[arg-type]  # Django's own options

    def clean(self, value: str | None) -> str:
        text = (super().clean(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        if self.required and not text.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        over = len(text) - self.most
        if over > 0:
            raise ValidationError(
                ngettext_lazy(
                    "%(count)d character too many. Shorten the text, or send the rest as a second message.",
                    "%(count)d characters too many. Shorten the text, or send the rest as a second message.",
                    "count",
                )
                % {"count": over},
                code="max_length",
            )
        return text


class Line(forms.CharField):
    """A short optional answer."""

    def __init__(self, **options: object) -> None:
        super().__init__(required=False, max_length=LONGEST_LINE, **options)  # type: ignore[arg-type]  # Django's own options


class CarriedField(BoundField):
    """A field that travels hidden from page to page; its hint does not come along, so it names none."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if widget is not None and widget.is_hidden:
            built.pop("aria-describedby", None)
        return built


class TeamForm(forms.Form):
    """Which team is asked; a hidden field where there is only one."""

    bound_field_class = CarriedField

    team = forms.ChoiceField(
        label=_("Which team do you write to?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the team that you write to."),
            "invalid_choice": _("This team takes no requests now. Choose another one, or come back later."),
        },
    )

    def __init__(self, *args: object, teams: Sequence[PublicTeam], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        self.teams = teams
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(team.hex, team.title) for team in teams]
        if len(teams) == 1:
            field.widget = forms.HiddenInput()
            self.initial["team"] = teams[0].hex


class SituationForm(TeamForm):
    """Screen 1: nothing is compulsory but some text."""

    story = LongText(
        label=_("In your own words"),
        help_text=_(
            "Any language. Leave out names if you prefer; you can add them later. One sentence is enough to start."
        ),
        error_messages={"required": _("Write a few words about what happened, so that the right person can read it.")},
    )
    urgency = forms.ChoiceField(
        label=_("How urgent is it?"), choices=Urgency.choices, widget=forms.RadioSelect, initial=Urgency.OPEN
    )
    aims = forms.MultipleChoiceField(
        label=_("What would help you?"), choices=Aim.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    answer_language = forms.ChoiceField(
        label=_("Language for our answer"), choices=[(code, NAMES[code]) for code in AID]
    )
    writing_for = forms.ChoiceField(
        label=_("Who is it about?"), choices=WritingFor.choices, widget=forms.RadioSelect, initial=WritingFor.SELF
    )
    mandate = Line(
        label=_("If you write for somebody else: does the person know, and what may you decide?"),
        help_text=_("For example: he knows; I may speak with you, he decides."),
    )


class ContactForm(forms.Form):
    """Screen 2: reaching her safely. Everything may stay empty."""

    bound_field_class = CarriedField

    channel = forms.ChoiceField(
        label=_("How may we answer?"), choices=Channel.choices, widget=forms.RadioSelect, initial=Channel.INBOX
    )
    address = Line(label=_("Number or address"), help_text=_("Only for the way that you chose above."))
    times = Line(label=_("When is it safe?"), help_text=_("For example: Monday to Friday, 12:00 to 13:00."))
    voicemail = forms.BooleanField(label=_("You may leave a message on the voicemail"), required=False)
    safe_word = Line(
        label=_("A word by which we know that it is you"), help_text=_("We say nothing before we heard it.")
    )
    cover_story = Line(label=_("If somebody else answers, say that we are"), help_text=_("For example: the dentist."))
    avoid = Line(label=_("Never contact me this way"))
    ask_each_time = forms.BooleanField(
        label=_("Ask me again each time whether this way is still safe"), required=False, initial=True
    )


class UrgentForm(TeamForm):
    """The emergency route: one screen, one text, one way to call back."""

    story = LongText(
        label=_("What is happening, and where?"),
        rows=5,
        error_messages={"required": _("Write a few words, so that the person on call knows what to do.")},
    )
    address = Line(
        label=_("A number or address where we may reach you now"),
        help_text=_("You can leave this empty and come back here instead."),
    )


class ReceiptForm(forms.Form):
    """The eight words, typed with tolerance."""

    words = forms.CharField(
        label=_("Your eight words"),
        help_text=_(
            "In the right order. Capitals, accents and spaces do not matter; the first four letters of a word can be "
            "enough. Groups of four digits work too."
        ),
        strip=True,
        max_length=1000,
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the eight words of your receipt.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the words"),
        choices=[("", _("Find out")), ("fr", "Français"), ("de", "Deutsch"), ("en", "English"), ("pt", "Português")],
        required=False,
    )


class ConfirmForm(forms.Form):
    """Two of the eight words, to see that they were noted."""

    first = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}))
    second = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}))

    def __init__(self, *args: object, places: tuple[int, int], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        for name, place in zip(("first", "second"), places, strict=True):
            self.fields[name].label = _("Word %(place)d") % {"place": place}
            self.fields[name].error_messages["required"] = _("Type word %(place)d of your receipt.") % {"place": place}


class MessageForm(forms.Form):
    """One more message in an open case."""

    text = LongText(
        label=_("Your message"),
        rows=6,
        required=True,
        error_messages={"required": _("Write a few words, or add a file and say what it shows.")},
    )


class EraseForm(forms.Form):
    """A question before everything goes."""

    sure = forms.BooleanField(
        label=_("Yes, erase my request, all messages and all files. Nobody can bring them back."),
        error_messages={"required": _("Tick this to erase everything, or go back.")},
    )


def contact_of(situation: SituationForm, contact: ContactForm) -> Contact:
    """The contact record of two valid forms."""
    told, asked = contact.cleaned_data, situation.cleaned_data
    return Contact(
        address=told["address"],
        aims=tuple(sorted(asked["aims"])),
        answer_language=asked["answer_language"],
        ask_each_time=int(told["ask_each_time"]),
        avoid=told["avoid"],
        channel=told["channel"],
        cover_story=told["cover_story"],
        mandate=asked["mandate"],
        safe_word=told["safe_word"],
        times=told["times"],
        voicemail=int(told["voicemail"]),
        writing_for=asked["writing_for"],
    )
