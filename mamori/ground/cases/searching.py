"""Search over Japanese: pairs of neighbouring characters, keyed so that a dump shows none, then checked in the text."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.cases.models import Case, Entry
from mamori.ground.cases.queue import CaseFact, fact_of
from mamori.ground.declared import memory
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.japan.folding import folded, words

# The table of tokens on each engine: FTS5 without content on SQLite, an array with GIN on PostgreSQL.


PROBED = 2_000
"""So many matches are sorted outright on PostgreSQL; where there are more, the newest are near the end of the table."""
WALKED = 40_000


def put_tokens(entry: int, tokens: Sequence[str]) -> None:
    """Let the entry be found by these tokens."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("INSERT INTO cases_tokens (id, tokens) VALUES (%s, %s)", [entry, list(tokens)])
        else:
            cursor.execute(
                "INSERT INTO cases_tokens (rowid, tokens) VALUES (%s, %s)", [entry, " ".join(tokens)]
            )


def drop_tokens(entries: Sequence[int]) -> None:
    """Let the entries be found no more."""
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM cases_tokens WHERE {column} = %s", [[entry] for entry in entries])  # noqa: S608


def newest_with(tokens: Sequence[str], *, before: int, limit: int) -> list[int]:
    """Return the newest entries below `before` that hold all the tokens."""
    if connection.vendor == "postgresql":
        return _newest_in_array(list(tokens), before, limit)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM cases_tokens WHERE cases_tokens MATCH %s AND rowid < %s"
            " ORDER BY rowid DESC LIMIT %s",
            [" AND ".join(f'"{token}"' for token in tokens), before, limit],
        )
        return [row for (row,) in cursor.fetchall()]


def _newest_in_array(tokens: list[str], before: int, limit: int) -> list[int]:
    """Take the road by how many matches there are, not by the planner's guess, which is wrong for pairs of a word.

    Few matches: the index names them all.  Many: some of the newest rows hold them.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(
            # `id + 0`, or the planner would walk the table by its key
            "SELECT id FROM cases_tokens WHERE tokens @> %s AND id + 0 < %s LIMIT %s",
            [tokens, before, PROBED],
        )
        few = sorted((row for (row,) in cursor.fetchall()), reverse=True)
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")
        if len(few) < PROBED:
            return few[:limit]
        cursor.execute(
            "SELECT id FROM (SELECT id, tokens FROM cases_tokens WHERE id < %s ORDER BY id DESC LIMIT %s) newest"
            " WHERE tokens @> %s ORDER BY id DESC LIMIT %s",
            [before, WALKED, tokens, limit],
        )
        near = [row for (row,) in cursor.fetchall()]
        if len(near) == limit:
            return near
        cursor.execute(
            "SELECT id FROM cases_tokens WHERE tokens @> %s AND id + 0 < %s ORDER BY id DESC LIMIT %s",
            [tokens, before, limit],
        )
        return [row for (row,) in cursor.fetchall()]


CASE, WORDS = "c", "w"
"""What is searched: what a case is called and whom it concerns, or words that were shared with the centre."""

SHOWN = 20
LOOKED_AT = 500
BATCH = 50
MARKET = "market"
_NEWEST = 2**62
_RUN = regex("[a-z0-9-]{4,}")


class SearchTooShort(Refusal, code="search-too-short", status=422):
    """Given when no word of a search has two characters."""

    text = Text(
        "2文字以上の語を入れてください。1文字だけでは探せません。",
        "Please give a word of at least two characters: one alone cannot be searched for.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that the tokens point at: what was read, and the case that it belongs to."""

    entry: int
    key: str
    case: CaseFact


type Reader = Callable[[Sequence[Hit]], Sequence[str | None]]
"""Opens what each hit stands for; None for what may not be read, or cannot be read any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The newest hits.  `before` leads to older ones; `gave_up` says that more may be there, further back."""

    hits: tuple[Hit, ...]
    before: int | None
    gave_up: bool


def enter_case(case: Case, *, subject: str, called: str) -> None:
    """Let the case be found by its topic, its references and what it is called, kept for the check under `subject`."""
    parts = (case.title, called, case.order_ref, case.seller_ref, case.buyer_ref)
    text, key, owner = " ".join(part for part in parts if part), f"case:{case.pk}", subject or MARKET
    entry = Entry.objects.create(
        case=case,
        key=key,
        subject=owner,
        sealed=sealing.seal(subject=owner, place=_place(key), plain=text.encode()),
    )
    put_tokens(entry.pk, tokens_of(CASE, text))


def enter_anew(case: Case, *, subject: str, called: str) -> None:
    """Let the case be found by what it is called now, and no more by what it was called."""
    withdraw_words([f"case:{case.pk}"])
    enter_case(case, subject=subject, called=called)


def enter_missing(called: Mapping[int, tuple[str, str]]) -> int:
    """Let the cases of these ids be found that cannot be yet; return how many that were.

    `called` says for each under whose key, and by what else, it is to be found.
    """
    keys = {f"case:{pk}": pk for pk in called}
    there = set(Entry.objects.filter(key__in=keys).values_list("key", flat=True))
    missing = [pk for key, pk in keys.items() if key not in there]
    for case in Case.objects.filter(pk__in=missing).order_by("pk"):
        subject, name = called[case.pk]
        enter_case(case, subject=subject, called=name)
    return len(missing)


def enter_words(case: Case, *, key: str, subject: str, text: str) -> None:
    """Let the case be found by words that were shared; entered twice, they are found once."""
    entry, is_new = Entry.objects.get_or_create(key=key, defaults={"case": case, "subject": subject})
    if is_new:
        put_tokens(entry.pk, tokens_of(WORDS, text))


def withdraw_words(keys: Sequence[str]) -> None:
    """Let nothing be found by these words any more."""
    _remove(list(Entry.objects.filter(key__in=keys).values_list("pk", flat=True)))


def forget(subject: str, limit: int) -> int:
    """Take away so many entries of what can be found by `subject`; its cases stay findable by topic and number."""
    entries = list(Entry.objects.filter(subject=subject).select_related("case").order_by("id")[:limit])
    with memory.act():
        _remove([entry.pk for entry in entries])
        for entry in entries:
            if entry.key == f"case:{entry.case_id}":
                enter_case(entry.case, subject="", called="")
    return len(entries)


def search(text: str, *, read: Reader | None, scope: str, before: int | None) -> Searched:
    """Return the newest hits that hold every word of `text`."""
    wanted = words(text)
    # A text must be found by fours where there are any, and by pairs for the rest.
    found = _fours(run for word in wanted for run in _RUN.finditer(word))
    parts = (part.strip("-") for word in wanted for part in _RUN.sub(_edges, word).split())
    rest = " ".join(part for part in parts if len(part) > 1)
    tokens = [scope + token for token in dict.fromkeys([*found, *seals.tokens(rest)])]
    if not tokens:
        raise SearchTooShort()
    hits: list[Hit] = []
    last = before or _NEWEST
    for batch in _batches(tokens, last):
        for hit, opened in zip(batch, (read or _opened)(batch), strict=True):
            last = hit.entry
            if opened is not None and _holds(opened, wanted):
                hits.append(hit)
                if len(hits) == SHOWN:
                    return Searched(hits=tuple(hits), before=last, gave_up=False)
        if len(batch) < BATCH:
            return Searched(hits=tuple(hits), before=None, gave_up=False)
    return Searched(hits=tuple(hits), before=last, gave_up=True)


def _batches(tokens: Sequence[str], before: int) -> Iterator[list[Hit]]:
    for _ in range(LOOKED_AT // BATCH):
        found = newest_with(tokens, before=before, limit=BATCH)
        rows = Entry.objects.filter(pk__in=found).select_related("case").order_by("-pk")
        yield [Hit(entry=row.pk, key=row.key, case=fact_of(row.case)) for row in rows]
        if len(found) < BATCH:
            return
        before = found[-1]


def _opened(hits: Sequence[Hit]) -> list[str | None]:
    rows = Entry.objects.in_bulk([hit.entry for hit in hits])
    opener = seals.Opener().fetch(bytes(row.sealed or b"") for row in rows.values())
    return [_open(opener, rows[hit.entry]) for hit in hits]


def _open(opener: seals.Opener, row: Entry) -> str | None:
    try:
        return opener.unseal(
            subject=row.subject, place=_place(row.key), sealed=bytes(row.sealed or b"")
        ).decode()
    except seals.Shredded:
        return None


def _holds(text: str, wanted: Sequence[str]) -> bool:
    found = folded(text)
    return all(word in found for word in wanted)


def tokens_of(scope: str, text: str) -> list[str]:
    """Return what a text is found by: its pairs, and each four neighbours of what is written in letters and digits.

    A reference has few kinds of pairs, which half of all references share; its fours are rare.
    """
    found = _fours(_RUN.finditer(folded(text)))
    return [scope + token for token in dict.fromkeys([*seals.tokens(text), *found])]


def _edges(run: re.Match[str]) -> str:
    """Leave of a run only what makes pairs with its neighbours."""
    return f"{run[0][0]} {run[0][-1]}"


def _fours(runs: Iterable[re.Match[str]]) -> list[str]:
    """Return the keyed tokens of each four neighbouring letters or digits."""
    return fours(run[0][at : at + 4] for run in runs for at in range(len(run[0]) - 3))


def fours(letters: Iterable[str]) -> list[str]:
    """Return the keyed token of each of these, four neighbouring letters or digits."""
    indexes = seals.blind_all("cases_tokens.four", letters)
    return ["x" + base64.b32encode(index[:8]).decode().rstrip("=").lower() for index in indexes]


def _remove(entries: Sequence[int]) -> None:
    drop_tokens(entries)
    Entry.objects.filter(pk__in=entries).delete()


def _place(key: str) -> seals.Place:
    return seals.Place("cases_entry", key, "sealed")
