"""The reference of pages: bare Django without middleware or database, whose view answers 100 bytes."""

from __future__ import annotations

from django.conf import settings

settings.configure(SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])

import django  # noqa: E402 - after its settings

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


def hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("x" * 100, headers={"Content-Length": "100"})


urlpatterns = [path("", hello)]
application = WSGIHandler()
