"""The views of `viewsets.OwnedViewSet`: Wagtail's own, each of which asks the policy about its object.

An object of another organisation is not there (404) for listing, adding to, editing, deleting, inspecting, history,
usage, copying, exporting and choosing. What is saved leaves a line in the audit record, in the same transaction.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseForm, ModelChoiceField, ModelMultipleChoiceField
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.views.generic import chooser, history, usage
from wagtail.permissions import policy_registry

from hrdplatform.audit import Event, record
from hrdplatform.office.choices import SEE, is_key, offered
from hrdplatform.office.policies import OwnedPolicy, ShelfPolicy
from hrdplatform.office.refusals import RefusedError
from hrdplatform.web import clock, generations


class InUseError(RefusedError):
    """Something else refers to it: nothing was deleted."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was deleted: other things still refer to it. Take those away first."), code="in_use"
        )


def policy_of(model: type[models.Model]) -> OwnedPolicy | ShelfPolicy | None:
    """The policy of a model that belongs to organisations; none for another kind of model."""
    policy = policy_registry.get_by_type(model, fallback=False)
    return policy if isinstance(policy, OwnedPolicy | ShelfPolicy) else None


def allowed(view: Any, *actions: str) -> models.QuerySet[Any]:
    """The objects of the view's model that its visitor may reach."""
    policy = policy_of(getattr(view, "model_class", None) or view.model)
    if policy is None:
        raise Http404  # a viewset without its policy shows nothing
    return policy.instances_user_has_any_permission_for(view.request.user, actions)


class OwnObject:
    """Looks at the one object of a view. Raises `Http404` for another organisation's."""

    object_actions: tuple[str, ...] = SEE

    def get_object(self, *arguments: Any, **words: Any) -> Any:
        """The object, if it is the visitor's to reach."""
        found = super().get_object(*arguments, **words)  # type: ignore[misc]  # the view beside this mixin
        if not allowed(self, *self.object_actions).filter(pk=found.pk).exists():
            raise Http404
        return found


class OwnFields:
    """Limits what a form offers: the organisation or collection to those where the visitor may act, other owned things
    and pictures to the own. What an object has already stays on offer.
    """

    form_action = "change"

    def get_form(self, *arguments: Any, **words: Any) -> BaseForm:
        """The form with narrowed choices; what is not among them is refused as unknown."""
        form: BaseForm = super().get_form(*arguments, **words)  # type: ignore[misc]  # the view beside this mixin
        user = self.request.user  # type: ignore[attr-defined]  # every view has its request
        own = policy_of(self.model)  # type: ignore[attr-defined]  # every view has its model
        stored = form.instance if form.instance.pk else None  # type: ignore[attr-defined]  # a form of a model
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and field.queryset is not None:
                open_to = self.offered(own, name, field.queryset, user)
                has = getattr(stored, f"{name}_id", None)
                field.queryset = field.queryset.filter(pk__in=open_to.values("pk")) | field.queryset.filter(pk=has)
                if not isinstance(field, ModelMultipleChoiceField):
                    field.bound_data = partial(shown_again, field)  # type: ignore[method-assign]  # of this form's field
        return form

    def offered(self, own: Any, name: str, everything: models.QuerySet[Any], user: Any) -> models.QuerySet[Any]:
        """What `user` may choose in one field."""
        if (
            isinstance(own, OwnedPolicy)
            and name == own.owner.split("__")[0]
            and not own.everywhere(user, [self.form_action])
        ):
            return everything.filter(pk__in=own.organisations(user, [self.form_action]))
        if isinstance(own, ShelfPolicy) and name == "collection":
            return own.shelves(user)
        return offered(everything.model, user)


def shown_again(field: ModelChoiceField[Any], data: Any, _initial: Any) -> Any:
    """What was sent, or nothing where it was refused: a chooser would show its title, which is as private as itself."""
    try:
        field.to_python(data)
    except ValidationError:
        return None
    return data


class Recorded:
    """Writes the audit line of a change beside the change, and tells kept pages that show it."""

    event: Event | None = None
    rooms: tuple[str, ...] = ()

    def note(self, instance: models.Model) -> None:
        """One line: who changed what. Nothing where the viewset names no event. Bumps the rooms' generations."""
        for room in self.rooms:
            generations.bump(room)
        if self.event is not None:
            user = self.request.user  # type: ignore[attr-defined]  # every view has its request
            name = instance._meta.model_name  # noqa: SLF001  # Django's documented name
            record(self.event, actor=f"user:{user.pk}", object=f"{name}:{instance.pk}", at=clock.now(), door="office")

    def save_instance(self) -> Any:
        """Saves and notes, in the view's own transaction."""
        saved = super().save_instance()  # type: ignore[misc]  # the view beside this mixin
        self.note(saved)
        return saved


class OwnIndex(generic.IndexView):
    """The list, its results and its exports."""

    def get_base_queryset(self) -> models.QuerySet[Any]:
        """The visitor's own objects only."""
        everything: models.QuerySet[Any] = super().get_base_queryset()
        return everything.filter(pk__in=allowed(self, *SEE).values("pk"))


class OwnCreate(OwnFields, Recorded, generic.CreateView):
    """Adding."""

    form_action = "add"


class OwnEdit(OwnObject, OwnFields, Recorded, generic.EditView):
    """Editing."""

    object_actions = ("change",)


class OwnCopy(OwnObject, OwnFields, Recorded, generic.CopyView):
    """Adding on the model of another."""

    form_action = "add"


class OwnDelete(OwnObject, Recorded, generic.DeleteView):
    """Deleting."""

    object_actions = ("delete",)

    def delete_action(self) -> None:
        """Deletes and notes, in the view's own transaction. Raises `InUseError`."""
        self.note(self.object)
        try:
            super().delete_action()
        except models.ProtectedError as protected:
            raise InUseError from protected


def yes_or_no(value: object) -> str:
    """A truth value in the reader's language."""
    return gettext("Yes") if value else gettext("No")


class OwnInspect(OwnObject, generic.InspectView):
    """Looking at."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """The value as Wagtail shows it, but for what is true or false."""
        value = super().get_field_display_value(field_name, field)
        return yes_or_no(value) if isinstance(value, bool) else value


class OwnHistory(OwnObject, history.HistoryView):
    """What was done with one object."""


class OwnUsage(OwnObject, usage.UsageView):
    """Where one object is used."""


class OwnChoices:
    """Limits a chooser's list to what forms take."""

    model_class: type[models.Model]
    request: HttpRequest

    def get_object_list(self) -> models.QuerySet[Any]:
        """What the visitor may choose."""
        return offered(self.model_class, self.request.user)


class OwnChoose(OwnChoices, chooser.ChooseView):
    """The chooser's window."""


class OwnChooseResults(OwnChoices, chooser.ChooseResultsView):
    """The chooser's list."""


class OwnChosen(OwnObject, chooser.ChosenView):
    """One thing was chosen."""


class OwnChosenMultiple(chooser.ChosenMultipleView):
    """Several things were chosen."""

    def get_objects(self, pks: list[str]) -> models.QuerySet[Any]:
        """Those of them that the visitor may choose."""
        return offered(self.model_class, self.request.user).filter(pk__in=[pk for pk in pks if is_key(pk)])
