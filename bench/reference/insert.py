"""The reference of `clients`: bare Django without middleware whose view inserts one row of the bytes it was sent."""

from __future__ import annotations

import os
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings

address = urlsplit(os.environ["HRD_BENCH_DATABASE"])
settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": address.path.lstrip("/"),
            "USER": address.username,
            "HOST": address.hostname,
            "PORT": str(address.port),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
        }
    },
)

import django  # noqa: E402 - after its settings

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):
    """Six kilobytes."""

    content = models.BinaryField()
    objects: ClassVar[models.Manager[Row]] = models.Manager()

    class Meta:
        app_label = "bench"
        db_table = "bench_row"


def insert(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        Row.objects.create(content=request.body)
    return HttpResponse("x" * 100)


with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS bench_row (id bigserial PRIMARY KEY, content bytea NOT NULL)")
connection.close()
urlpatterns = [path("", insert)]
application = WSGIHandler()
