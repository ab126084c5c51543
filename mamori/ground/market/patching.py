"""Patches made whole: what is kept of a record with what is given of it anew (JSON Merge Patch, RFC 7396)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.ground.declared.records import Fault, FieldMissing, convert, faults, refusal_of
from mamori.ground.market import records
from mamori.ground.market.line import Line, Patch, Told, name_of_ref
from mamori.ground.market.outcomes import PersonErased, RecordUnknown


def faults_of(given: Mapping[str, Any], kind: type[Line], ref: str) -> list[Fault]:
    """Return what is wrong with a patch as it stands; what it leaves out is not missing, what null would remove may be."""
    found = faults({**given, name_of_ref(kind): ref}, kind)
    found = [one for one in found if not isinstance(one, FieldMissing) or _outermost(one) in given]
    never = [name for name in kind.never_null if name in given and given[name] is None]
    return [*found, *(refusal_of(kind, f"null - at `$.{name}`") for name in never)]


def _outermost(fault: FieldMissing) -> str:
    return str(fault.values["field"]).partition("[")[0].partition(".")[0]


def whole(kind: type[Line], lines: Sequence[Told]) -> list[Line | Refusal]:
    """Return each line whole, or why it cannot be: the records that are patched are locked and read at once."""
    patched = [line.ref for line in lines if isinstance(line, Patch)]
    if not patched:
        return [line for line in lines if isinstance(line, Line)]
    kept = records.known(kind, patched, locked=True)
    return [_whole(line, kept) if isinstance(line, Patch) else line for line in lines]


def _whole(patch: Patch, kept: Mapping[str, Line | None]) -> Line | Refusal:
    if patch.ref not in kept:
        return RecordUnknown(what=patch.kind.title, ref=patch.ref)
    before = kept[patch.ref]
    if before is None:
        return PersonErased(ref=patch.ref)
    try:
        return merged(before, patch.given)
    except Refusal as refusal:
        return refusal


def merged(before: Line, given: Mapping[str, Any]) -> Line:
    """Return the record with what is given: null removes, and what is tied to a value that changes goes with the old one."""
    kind = type(before)
    kept = {name: value for name, value in msgspec.to_builtins(before).items() if name not in kind.unmerged}
    kept.pop("kind")
    line = convert({**kept, **given}, kind)
    for name, others in kind.tied.items():
        if name in given and getattr(line, name) != getattr(before, name):
            for other in others:
                kept.pop(other, None)
    return convert({**kept, **given}, kind)
