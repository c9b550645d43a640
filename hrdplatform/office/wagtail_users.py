"""Wagtail's app of users as we install it: with our viewset and our policy in it."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """People are looked at and grouped in the office, made and switched off elsewhere."""

    user_viewset = "hrdplatform.office.people.PeopleViewSet"

    def ready(self) -> None:
        """Registers the policies of people and groups."""
        from django.contrib.auth.models import Group  # noqa: PLC0415  # needs loaded models
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415

        from hrdplatform.accounts.models import User  # noqa: PLC0415
        from hrdplatform.office.people import PeoplePolicy  # noqa: PLC0415

        register_permission_policy(User, PeoplePolicy(User))
        register_permission_policy(Group)
