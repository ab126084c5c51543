"""Where the collected files for pages stand: under names that carry their content, so that they may be kept for years."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise brings no types
    """The manifest's names where there is a manifest; plain names where nothing was collected yet."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the name to put into a page."""
        if not self.hashed_files:
            return str(name)
        return str(super().stored_name(name))
