"""Whose names and which tags the office tells: of people who had to do with pages that the visitor may explore, and of
what she may choose. Wagtail's own filters and suggestions ask the whole house.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django_filters.filters import QuerySetRequestMixin
from taggit.models import Tag, TaggedItem
from wagtail.admin import filters
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.views import chooser
from wagtail.models import PageLogEntry
from wagtail.permissions import page_permission_policy

from hrdplatform.accounts.models import User
from hrdplatform.office.choices import offered
from hrdplatform.office.titles import looking

asked_for = QuerySetRequestMixin.get_queryset
popular = filters.popular_tags_for_model


def people(user: Any) -> models.QuerySet[User]:
    """Those whose names `user` may read: herself, and who made or touched a page that she may explore."""
    pages = page_permission_policy.explorable_instances(user).order_by()
    acted = PageLogEntry.objects.filter(page__in=pages.values("pk")).order_by()
    return User.objects.filter(
        models.Q(pk=user.pk)
        | models.Q(pk__in=pages.filter(owner__isnull=False).values("owner"))
        | models.Q(pk__in=acted.filter(user__isnull=False).values("user"))
    )


def people_on_offer(self: QuerySetRequestMixin, request: Any) -> models.QuerySet[Any] | None:
    """What a filter offers, as the stock method; of people those alone whom the visitor may know of."""
    found: models.QuerySet[Any] | None = asked_for(self, request)
    user = looking.get()
    if found is None or user is None or user.is_superuser or not issubclass(found.model, User):
        return found
    return found.filter(pk__in=people(user).values("pk"))


def tagged(model: type[models.Model], user: Any) -> models.Q:
    """The tags of what `user` may choose of a kind, as a condition on the rows that fasten them."""
    kind = ContentType.objects.get_for_model(model)
    return models.Q(content_type=kind, object_id__in=offered(model, user).values("pk"))


def popular_tags(model: type[models.Model], count: int = 10) -> models.QuerySet[Tag]:
    """The most frequent tags of a kind, as the stock function, among what the visitor may choose."""
    user = looking.get()
    if user is None:
        stock: models.QuerySet[Tag] = popular(model, count)
        return stock
    fastened = TaggedItem.objects.filter(tagged(model, user))
    used = Tag.objects.filter(taggit_taggeditem_items__in=fastened.values("pk"))
    counted = used.annotate(item_count=models.Count("taggit_taggeditem_items"))
    found: models.QuerySet[Tag] = counted.order_by("-item_count", "name")[:count]
    return found


def known_tags(user: Any) -> models.QuerySet[Tag]:
    """The tags of all that `user` may choose."""
    pictures, documents = (tagged(model, user) for model in (get_image_model(), get_document_model()))
    found: models.QuerySet[Tag] = Tag.objects.filter(
        pk__in=TaggedItem.objects.filter(pictures | documents).values("tag")
    )
    return found


def stand() -> None:
    """Puts the rule in place; once, when the apps are ready."""
    QuerySetRequestMixin.get_queryset = people_on_offer
    filters.popular_tags_for_model = chooser.popular_tags_for_model = popular_tags
