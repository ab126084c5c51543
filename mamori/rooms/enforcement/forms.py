"""What sellers and staff fill in: the same sentences as the actions give, beside what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.uploads import FilesField
from mamori.ground.web.versions import VersionForm, choose
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.rooms.enforcement.inputs import REASON
from mamori.rooms.enforcement.rules.reasons import ENDED_TEXTS, Ended


class WordsForm(HouseForm):
    """What a seller writes, with files where there are any."""

    said = WordsField(label=said("ご意見", "Your view"))
    attached = FilesField(required=False)


class ViewForm(VersionForm, WordsForm):
    """A seller's view, or what it writes to an appeal that is under way."""


class CuredForm(VersionForm):
    """That a seller has put it right."""

    said = WordsField(check=written.optional, rows=3, label=said("どう直したか", "How it was put right"))


class GoodsCuredForm(VersionForm):
    """That goods were seen to be put right, and how and when those who bought them were told."""

    reason = WordsField(check=written.reasoned, label=said_text(REASON), rows=3)
    buyers_told = WordsField(
        rows=3,
        label=said(
            "購入した人に、だれがどうやって知らせたか（だれも買っていないときは、そう書きます）",
            "Who told those who bought, and how (where nobody bought, write so)",
        ),
    )
    told_on = forms.DateField(
        label=said("知らせた日", "On which day"), widget=forms.DateInput(attrs={"type": "date"})
    )


class EvidenceForm(VersionForm):
    """Files that a finding rests on."""

    attached = FilesField()

    def clean_attached(self) -> list[UploadedFile[Any]]:
        """Return the files that came.

        :raises ValidationError: when none did.
        """
        files: list[UploadedFile[Any]] = self.cleaned_data["attached"]
        if not files:
            raise ValidationError(self.fields["attached"].error_messages["required"], code="required")
        return files


class LiftForm(VersionForm):
    """Why a measure ends before its time."""

    because = forms.TypedChoiceField(
        label=said("終える理由", "Why it ends"), widget=forms.RadioSelect, coerce=Ended
    )
    reason = WordsField(check=written.reasoned, label=said_text(REASON), rows=3)

    def __init__(self, *args: Any, endings: tuple[Ended, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "because", [(one.value, said_text(ENDED_TEXTS[one])) for one in endings])
