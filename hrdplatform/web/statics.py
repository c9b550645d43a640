"""Static files under names that carry their hash, so that browsers may keep them for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

from hrdplatform.conf import configuration

OFFICE = "wagtail"


class HashedStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage. Outside production a file that was not collected keeps its plain name instead of turning
    the page into an error: tests and a developer's server run without `collectstatic`.
    """

    manifest_strict = configuration.production

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compresses what visitors load. The office's own files, ten times as many, wait for production: on one
        machine nobody gains by them, and starting takes seconds longer.
        """
        wanted = (path for path in paths if configuration.production or not path.startswith(OFFICE))
        yield from super().compress_files(wanted)

    def stored_name(self, name: str) -> str:
        if not self.manifest_strict and self.hash_key(self.clean_name(name)) not in self.hashed_files:
            return name
        return str(super().stored_name(name))
