"""Files that are chosen on one page and sent from a later one: made ready at once, and carried along, sealed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.vault.actions import Ready
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.uploads import FilesField, uploads_of
from mamori.ground.web.wording import said, told
from mamori.rooms.contact import carried
from mamori.rooms.contact.actions.attach import prepare


class CarriedFilesForm(HouseForm):
    """A form with files; those that came with a page before are carried in it, sealed."""

    attached = FilesField(
        label=said("写真や書類（添えなくてもかまいません）", "Photos or papers (you need not add any)"),
        help_text=said(
            "画像・PDF・文字だけのファイルを5つまで。選び直すと、前に選んだものと入れ替わります。",
            "Up to five pictures, PDFs or plain texts. Choosing again replaces what you chose before.",
        ),
        required=False,
    )
    carried = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, hand: Hand, **more: Any) -> None:
        super().__init__(data, files, **more)
        self.hand = hand

    def clean(self) -> dict[str, Any]:
        """Return the files that will go along as `files`; what was chosen now takes the place of what was carried.

        :raises ValidationError: when a file is refused, or has waited too long; then none is carried any further.
        """
        given = super().clean() or {}
        chosen, given["files"] = given.get("attached") or (), Ready()
        try:
            if chosen:
                given["files"] = prepare(self.hand, uploads_of(chosen, at=self.hand.at))
                self._carry(carried.pack(self.hand, given["files"]))
            else:
                given["files"] = carried.unpack(self.hand, given.get("carried", ""))
        except Refusal as refusal:
            self._carry("")
            self.add_error("attached", ValidationError(told(refusal.sentence)))
        return given

    def _carry(self, packed: str) -> None:
        data: Any = self.data
        self.data = data = data.copy()
        data["carried"] = packed
