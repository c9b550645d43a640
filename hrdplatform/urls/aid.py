"""The aid door: legal help, the case desk and people's accounts. No Wagtail behind it."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver

from hrdplatform.urls import accounts
from hrdplatform.web import urls as web
from hrdplatform.web.urls import handler400, handler403, handler404, handler500
from legal_aid import urls as legal_aid

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

rooms: list[URLPattern | URLResolver] = [*accounts.rooms, *legal_aid.rooms]
spoken: list[URLPattern | URLResolver] = [*legal_aid.spoken]

urlpatterns = [web.everywhere, *rooms, *i18n_patterns(web.spoken, *spoken)]
