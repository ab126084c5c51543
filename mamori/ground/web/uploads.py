"""Files in forms: a field for several, what came of it as actions take it, and a kept file as pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.core.files.uploadedfile import UploadedFile

from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.ground.vault.actions import Upload
from mamori.ground.vault.facts import Kind
from mamori.ground.web.wording import said
from mamori.law.settings import FILE_BYTES

NAMELESS = Text("ファイル", "a file")


class ManyFiles(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none; what they are is found out from their bytes, not here."""

    widget = ManyFiles

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", said("写真や書類", "Photos or papers"))
        options.setdefault(
            "help_text",
            said(
                "画像・PDF・文字だけのファイルを5つまで。撮影場所などの情報は取り除いてから見せます。",
                "Up to five pictures, PDFs or plain texts. Where a photo was taken is removed before it is shown.",
            ),
        )
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files that came."""
        return [one for one in data or () if isinstance(one, UploadedFile)]


def uploads_of(files: Iterable[UploadedFile[Any]], *, at: datetime) -> tuple[Upload, ...]:
    """Return files as actions take them; of one that is too large, just enough is read to say so."""
    most = terms.setting(FILE_BYTES, at=at) + 1
    return tuple(Upload(name=str(file.name), content=file.read(most)) for file in files)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown:
    """A kept file as `web/file.html` draws it: `number` stands in its address, `pages` are the ones that may be seen."""

    number: int
    name: Text
    is_picture: bool
    pages: range
    state: Text | None
    has_original: bool


class Kept(Protocol):
    """What is known of a kept file, by the vault or by the room that it belongs to."""

    @property
    def kind(self) -> Kind: ...
    @property
    def pages(self) -> int: ...
    @property
    def name(self) -> str | None: ...
    @property
    def state_text(self) -> Text: ...
    @property
    def is_shown(self) -> bool: ...
    @property
    def has_original(self) -> bool: ...


def file_shown(number: int, file: Kept) -> FileShown:
    """Return a file as a page shows it, under the number by which the page's address knows it."""
    return FileShown(
        number=number,
        name=Text(file.name, file.name) if file.name else NAMELESS,
        is_picture=file.kind not in (Kind.PDF, Kind.TEXT),
        pages=range(1, file.pages + 1) if file.is_shown else range(0),
        state=None if file.is_shown else file.state_text,
        has_original=file.has_original,
    )
