"""Legal holds: what must not be destroyed while a suit, a request or an inquiry is open, whatever a timer says."""

from __future__ import annotations

from collections.abc import Iterable

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal.models import HeldName


class Held(Refusal, code="seal.held", status=409):
    """Something about to be destroyed is under a legal hold."""

    text = Text(
        "{what} は消去の停止 第{number}号の対象なので、消去できません。要否は法務担当にお尋ねください。",
        "{what} is under legal hold no. {number} and cannot be erased. Ask counsel whether the hold is still needed.",
    )


def held(names: Iterable[str]) -> set[str]:
    """Return which of the names are under a hold."""
    found = HeldName.objects.filter(hold__lifted_at__isnull=True, name__in=list(names))
    return set(found.values_list("name", flat=True))


def must_not_be_held(*names: str) -> None:
    """See that none of these subjects, files or matters is under a hold.

    :raises Held: when one is; the sentence names the hold by its number alone, as its ground may be none to tell of.
    """
    found = HeldName.objects.filter(hold__lifted_at__isnull=True, name__in=names).order_by("hold").first()
    if found is not None:
        raise Held(what=found.name, number=found.hold_id)
