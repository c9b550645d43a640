"""Addresses of files, on the public door and on the office's. Wagtail asks for documents by the name given here."""

from django.urls import URLPattern, URLResolver, path

from hrdplatform.media.views import serve

everywhere: list[URLPattern | URLResolver] = [
    path("media/images/<str:name>", serve.rendition, name="media_rendition"),
    path("documents/<int:document_id>/<str:document_filename>", serve.document, name="wagtaildocs_serve"),
]
