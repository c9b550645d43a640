"""Static files under names that carry their hash, so that browsers may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

from hrdplatform.conf import configuration


class HashedStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage. Outside production a file that was not collected keeps its plain name instead of turning
    the page into an error: tests and a developer's server run without `collectstatic`.
    """

    manifest_strict = configuration.production

    def stored_name(self, name: str) -> str:
        if not self.manifest_strict and self.hash_key(self.clean_name(name)) not in self.hashed_files:
            return name
        return str(super().stored_name(name))
