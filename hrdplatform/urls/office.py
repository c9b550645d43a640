"""The office door: Wagtail's admin and people's accounts."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from cms.urls import elsewhere
from hrdplatform.media import urls as media
from hrdplatform.office import urls as office
from hrdplatform.urls import accounts
from hrdplatform.web import urls as web
from hrdplatform.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

rooms: list[URLPattern | URLResolver] = [
    *accounts.rooms,
    *media.everywhere,
    path("office/", include(office)),
]
spoken: list[URLPattern | URLResolver] = []

urlpatterns = [web.everywhere, *rooms, *i18n_patterns(web.spoken, *elsewhere)]
