"""A finder that knows the files of `hrdplatform.web` only, so that collecting takes no time."""

from django.contrib.staticfiles.finders import AppDirectoriesFinder


class WebFinder(AppDirectoriesFinder):
    def __init__(self) -> None:
        super().__init__(app_names=["hrdplatform.web"])
