"""What authors and editors may do in the office: rights of the groups of their roles. Administrators may add others.

Rights over pages hang on a page and hold for all below it, rights over pictures, documents and videos on a collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permissions import policy_registry

from cms.models import HomePage
from hrdplatform.media.models import PlatformDocument, PlatformImage, PlatformVideo
from hrdplatform.organisations.states import Role

ON_PAGES: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.AUTHOR: ("add_page", "change_page"),
    Role.EDITOR: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
}
ON_MEDIA: Final = ("add", "change", "choose")
MEDIA: Final[tuple[type[Model], ...]] = (PlatformImage, PlatformDocument, PlatformVideo)


def let_editors_write() -> None:
    """Let the house's editors write, translate and publish below every home page, and bring media. Idempotent."""
    editors, _ = Group.objects.get_or_create(name=Role.EDITOR.value)
    homes = list(HomePage.objects.all())
    let_write(editors, Role.EDITOR, pages=homes, collection=Collection.get_first_root_node())


def let_write(group: Group, role: Role, *, pages: Iterable[Page], collection: Collection) -> None:
    """Gives `group` what `role` needs on `pages` and in `collection`. Rights given by hand stay."""
    on_pages = permissions_on(Page, ON_PAGES[role])
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page_id=page.pk, permission=permission)
            for page in pages
            for permission in on_pages
        ],
        ignore_conflicts=True,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for model in MEDIA
            for permission in on_media(model)
        ],
        ignore_conflicts=True,
    )
    group.permissions.add(*Permission.objects.filter(codename="submit_translation"))


def on_media(model: type[Model]) -> list[Permission]:
    """What adding, changing and choosing asks for: for our images and documents the permissions of Wagtail's own."""
    asked = getattr(policy_registry.get_by_type(model, fallback=False), "auth_model", model)
    return permissions_on(asked, [f"{verb}_{asked._meta.model_name}" for verb in ON_MEDIA])  # noqa: SLF001  # Django's documented name


def permissions_on(model: type[Model], names: Iterable[str]) -> list[Permission]:
    """Those of `names` that the app of `model` has."""
    app = model._meta.app_label  # noqa: SLF001  # as above
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=list(names)))
