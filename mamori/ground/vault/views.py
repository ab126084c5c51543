"""How an uploaded file arrives, in memory only, and the answers that carry one: neither can run anything."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from mamori.ground.vault.facts import Original, Picture
from mamori.law.settings import FILE_BYTES

MOST = (FILE_BYTES.most or FILE_BYTES.default) + 1
"""One byte more than an operator may allow: enough to see that a file is too large, and to say so."""
MOST_TOGETHER = 3 * MOST
"""What all files of one request may hold in memory; of those beyond, nothing is kept."""


class InMemory(FileUploadHandler):
    """Keeps the beginning of each file in memory and lets the rest run past: a body of 100 MB costs no more than 60."""

    kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what may be kept of a piece."""
        room = min(MOST - self.file.tell(), MOST_TOGETHER - self.kept)
        if room > 0:
            self.kept += self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """Give the file, with as much of it as was kept: one that was cut is as large as none may be."""
        if self.file.tell() < min(file_size, MOST):  # cut because of the others: too large, all together
            self.file.write(b"\0" * (MOST - self.file.tell()))
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=self.file.getbuffer().nbytes,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def shown(picture: Picture) -> HttpResponse:
    """Return a picture, or a text's text, that a page of ours may show; a door has decided that it may be seen."""
    return _safe(HttpResponse(picture.content, content_type=picture.media_type))


def saved(original: Original) -> HttpResponse:
    """Return an original as an attachment that a browser saves and never opens in our name."""
    answer = _safe(HttpResponse(original.content, content_type="application/octet-stream"))
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=original.name)
    return answer


def _safe(answer: HttpResponse) -> HttpResponse:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
