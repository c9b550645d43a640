"""The public door: pages, consultations, strategies, feeds. Wagtail's pages stand last, they answer for the rest."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver

from cms import urls as cms
from hrdplatform.media import urls as media
from hrdplatform.web import urls as web
from hrdplatform.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

rooms: list[URLPattern | URLResolver] = [*media.everywhere, *cms.everywhere]
spoken: list[URLPattern | URLResolver] = [*cms.spoken]

urlpatterns = [web.everywhere, *rooms, *i18n_patterns(web.spoken, *spoken)]
