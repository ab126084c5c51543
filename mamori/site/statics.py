"""Where the collected files for pages stand: under names that carry their content, so that they may be kept for years."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP = ".collected"


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise brings no types
    """The manifest's names where there is a manifest; plain names where nothing was collected yet."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the name to put into a page."""
        if not self.hashed_files:
            return str(name)
        return str(super().stored_name(name))


def are_collected() -> bool:
    """Say whether the folder holds what this version brings."""
    try:
        return (Path(settings.STATIC_ROOT) / STAMP).read_text("ascii") == _stamp()
    except OSError:
        return False


def collect() -> bool:
    """Collect the files unless they are; say whether that was needed.  Older ones stay, for pages that are still open."""
    if are_collected():
        return False
    folder = Path(settings.STATIC_ROOT)
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    (folder / STAMP).write_text(_stamp(), "ascii")
    return True


def _stamp() -> str:
    found = hashlib.sha256()
    for line in sorted(_files()):
        found.update(line.encode())
    return found.hexdigest()


def _files() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield f"{path} {Path(storage.path(path)).stat().st_mtime_ns} {storage.size(path)}\n"
