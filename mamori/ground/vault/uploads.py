"""How an uploaded file arrives: in memory only, never in a temporary file on the disk, and never more than one may have."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

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
