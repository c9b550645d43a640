"""Addresses of files, on the public door and on the office's. Wagtail asks for documents by the name given here."""

from django.urls import URLPattern, URLResolver, path

from hrdplatform.media.views import serve, videos

everywhere: list[URLPattern | URLResolver] = [
    path("media/images/<str:name>", serve.rendition, name="media_rendition"),
    path("media/videos/<str:name>", videos.video, name="media_video"),
    path("media/captions/<str:name>", videos.track, name="media_track"),
    path("documents/<int:document_id>/<str:document_filename>", serve.document, name="wagtaildocs_serve"),
]
