"""The form of an initiative: authors write, editors of its organisation decide what readers see.

What an author changes in an entry that readers see is kept beside it, as `proposed`, until an editor has looked: the
form then opens with what was proposed and says beside each changed field what readers see now. Nobody takes or drops
what was proposed after the form was opened: it comes back and shows it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from cms.models import Initiative
from hrdplatform.office.forms import TextsForm
from hrdplatform.office.views.owned import OwnEdit

SHOW = "show"
OURS: Final = frozenset({"drop", "seen"})
"""What the form asks about a proposal; no part of one."""
COLUMNS: Final = frozenset(field.name for field in Initiative._meta.get_fields())  # noqa: SLF001  # Django's documented name


class InitiativeForm(TextsForm):
    """Authors write the entry; showing it to the public, hiding it again and changing what is shown is for editors."""

    for_user: Any
    instance: Initiative
    data: Any

    drop = forms.BooleanField(
        label=_("Leave the entry as readers see it"),
        help_text=_("Somebody proposed the changes below. Tick this to take none of them."),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """Which proposal the form showed when it was opened."""

    def __init__(self, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        self.proposed: dict[str, Any] = self.instance.proposed or {}
        self.initial["seen"] = digest(self.proposed)
        self.unseen = self.is_bound and self.data.get(self.add_prefix("seen"), "") != self.initial["seen"]
        if self.unseen:  # comes back with what is proposed now, and may then be sent again
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.initial["seen"]
        if not self.proposed:
            del self.fields["drop"]
            return
        self.say_what_stands()
        if not self.is_bound:  # what is sent is held against the row, so that translations are confirmed as they should
            self.initial.update(self.proposed)

    def say_what_stands(self) -> None:
        """Beside each field that somebody proposes to change: what readers see now, and what the sender did not see."""
        for name in self.fields.keys() & self.proposed.keys() & COLUMNS:
            field, now, then = self.fields[name], stored(self.initial.get(name)), self.proposed[name]
            if now != then:
                words = {"now": in_words(field, now), "then": in_words(field, then)}
                beside = (
                    _("Readers now see: %(now)s. Proposed: %(then)s") if self.unseen else _("Readers now see: %(now)s")
                )
                field.help_text = beside % words

    def clean(self) -> dict[str, Any]:
        """Raises `ValidationError` where something else is proposed than the form showed, and at `shown` where somebody
        changes it who is no editor of its organisation.
        """
        cleaned: dict[str, Any] = super().clean()
        if self.unseen:
            raise ValidationError(
                _("What is proposed here changed while you were writing. Look at it, then save again.")
            )
        if not self.decides() and bool(cleaned.get("shown")) != bool(self.initial.get("shown")):
            raise ValidationError({"shown": _("An editor of the organisation decides this.")})
        return cleaned

    def decides(self) -> bool:
        """Whether the writer is an editor of the organisation that has the entry, and of the one that is to have it."""
        policy: Any = policy_registry.get_by_type(Initiative)
        chosen = self.cleaned_data.get("organisation")
        owners = {self.initial.get("organisation"), chosen.pk if chosen else None} - {None}
        return bool(
            policy.everywhere(self.for_user, [SHOW])
            or (owners and owners <= policy.organisations(self.for_user, [SHOW]))
        )

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """Saves the row; what waits for an editor, or is dropped, leaves all but `proposed` as it stands."""
        dropped = bool(self.cleaned_data.get("drop"))
        if not dropped and (self.decides() or not self.initial.get("shown")):
            self.instance.proposed = None
            return super().save(commit)
        values = {name: stored(value) for name, value in self.cleaned_data.items() if name not in OURS}
        self.instance = Initiative.objects.get(pk=self.instance.pk)
        self.instance.proposed = None if dropped else values
        if commit:
            self.instance.save(update_fields=["proposed"])
        return self.instance


def digest(proposed: dict[str, Any]) -> str:
    """Tells one proposal from another; empty for none."""
    return hashlib.sha256(json.dumps(proposed, sort_keys=True).encode()).hexdigest() if proposed else ""


def stored(value: Any) -> Any:
    """A value of a field as it can be kept: rows by their numbers."""
    if isinstance(value, QuerySet | list | tuple):
        return sorted(stored(one) for one in value)
    return value.pk if isinstance(value, Model) else value


def in_words(field: forms.Field, value: Any) -> str:
    """What a reader of the form understands: the words of a choice, not its code."""
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        rows = field.queryset.filter(pk__in=value if isinstance(value, list) else [value])
        return ", ".join(str(row) for row in rows) or "–"
    return str(dict(getattr(field, "choices", ())).get(value, value) or "–")


class InitiativeEdit(OwnEdit):
    """Says when something waits."""

    def get_success_message(self) -> str | None:
        """That it is kept, where readers do not see it yet."""
        if self.object.proposed:
            return str(_("Your changes are kept. Readers see them when an editor of the organisation has agreed."))
        message: str | None = super().get_success_message()
        return message


def proposed_to(user: Any) -> QuerySet[Initiative]:
    """The entries in which somebody proposed changes that `user` may agree to."""
    policy: Any = policy_registry.get_by_type(Initiative)
    found: QuerySet[Initiative] = policy.instances_user_has_any_permission_for(user, [SHOW])
    return found.filter(proposed__isnull=False).order_by("pk")
