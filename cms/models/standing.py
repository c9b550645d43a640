"""Pages that verbs make, one in each language: the learning section and the sections in it."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from cms.models.base import BasePage, OpenPermissions


class StandingPermissions(OpenPermissions):
    """Editors change the words of such a page; only administrators of the platform take it away or move it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002  # Wagtail's signature
        return bool(self.user.is_superuser and super().can_delete(ignore_bulk))

    def can_unpublish(self) -> bool:
        return bool(self.user.is_superuser and super().can_unpublish())

    def can_copy(self) -> bool:
        return False


class StandingPage(BasePage):
    """Stands where a verb put it; nobody adds or copies one by hand."""

    is_creatable = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return StandingPermissions(user, self)
