"""What editors may do in the office: rights of the group of their role. Administrators may change them there."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.models import HomePage
from hrdplatform.media.models import PlatformDocument, PlatformImage
from hrdplatform.organisations.states import Role

ON_PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
ON_MEDIA = ("add", "change", "choose")


def let_editors_write() -> None:
    """Let editors write, translate and publish below every home page, and bring pictures and documents. Idempotent."""
    editors, _ = Group.objects.get_or_create(name=Role.EDITOR.value)
    for permission in _permissions(Page, ON_PAGES):
        for home in HomePage.objects.all():
            GroupPagePermission.objects.get_or_create(group=editors, page=home.page_ptr, permission=permission)
    root = Collection.get_first_root_node()
    for model in (PlatformImage, PlatformDocument):
        names = [f"{verb}_{model._meta.model_name}" for verb in ON_MEDIA]  # noqa: SLF001  # Django's public _meta
        for permission in _permissions(model, names):
            GroupCollectionPermission.objects.get_or_create(group=editors, collection=root, permission=permission)
    editors.permissions.add(*Permission.objects.filter(codename="submit_translation"))


def _permissions(model: type[Model], names: tuple[str, ...] | list[str]) -> list[Permission]:
    app = model._meta.app_label  # noqa: SLF001  # as above
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=names))
