"""Addresses of files, on the public door and on the office's. Wagtail asks for documents by the name given here."""

from django.urls import URLPattern, URLResolver, path, re_path

from hrdplatform.media.views import serve, videos

NAME = r"(?P<name>[A-Za-z0-9._-]+)"
"""Names are ours: what cannot be one is not looked for."""

everywhere: list[URLPattern | URLResolver] = [
    re_path(rf"^media/images/{NAME}$", serve.rendition, name="media_rendition"),
    re_path(rf"^media/videos/{NAME}$", videos.video, name="media_video"),
    re_path(rf"^media/captions/{NAME}$", videos.track, name="media_track"),
    path("documents/<int:document_id>/<str:document_filename>", serve.document, name="wagtaildocs_serve"),
]
