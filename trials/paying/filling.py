"""Fills a house with very many sellers for the gate: rows in bulk, sealed as the rooms seal them, nothing acted out.

Each seller has a contact, a verified name and an account, sealed with a key of its own, and accepted three clauses; what
stands against some of them is written as the rooms would have left it.  One release of long ago and its transfer lie
behind every seller, so that the gate's tables are as long as those of a marketplace in its second month.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

import msgspec
from django.db import connection, models, transaction

from mamori.grammar.businesstime import Hours
from mamori.grammar.hand import Hand, Role
from mamori.ground.market import persons
from mamori.ground.market.models import Buyer, Order, Seller
from mamori.ground.market.persons import Contact
from mamori.ground.people.facts import Profile, Size
from mamori.ground.seal import actions as sealing
from mamori.ground.terms import actions as terms
from mamori.ground.terms.models import ClauseAcceptance
from mamori.japan.names import Holder, compare
from mamori.law.clauses import CHANGES, CLAUSES, PAYOUT_HOLD, RECOVERY
from mamori.law.identification import Method, Registrant
from mamori.law.measures import PAYOUT_HELD
from mamori.law.paying import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME
from mamori.rooms.contact.lifecycle import RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.models import Remedy, Thread, Trouble
from mamori.rooms.enforcement.lifecycle import FindingState, MeasureState
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.identity.models import Version
from mamori.rooms.payouts import details
from mamori.rooms.payouts.lifecycle import AccountState, PayoutState, TransferState
from mamori.rooms.payouts.models import Account, Payee, Payout, Transfer
from mamori.rooms.payouts.rules.holder import Proof, judged
from mamori.site import work
from trials.paying.shops import Shop, Why

BATCH = 5_000
BOUND_BY = (PAYOUT_HOLD, RECOVERY, CHANGES)
PAYER = {PAYER_CODE: "1234567890", PAYER_NAME: "カ）マモリ マーケット", PAYER_ACCOUNT: "0001-001-1-7654321"}
OLD = timedelta(days=40)
"""How long ago what lies behind every seller was paid."""


def machine(at: datetime) -> Hand:
    """Return the marketplace's hand."""
    return Hand(by="machine:bench", role=Role.MACHINE, at=at, via="bench")


def open_house(at: datetime) -> None:
    """Publish the terms as they bind by `at`, and say who pays."""
    early = at - timedelta(days=100)
    lead = Hand(by="lead:bench", role=Role.LEAD, at=early, via="bench")
    words = [terms.Words(clause=one.code, version=one.version) for one in CLAUSES]
    profile = Profile(size=Size.ONE, delay=Hours(1))
    terms.propose_change(lead, words=words, profile=profile, binds_on=early.date())
    work.settle(at=early + timedelta(days=7))
    for setting, value in PAYER.items():
        terms.set(lead, setting=setting, value=value)


def fill(shops: Iterable[Shop], at: datetime, *, history: bool = False) -> None:
    """Write the sellers, all that the gate asks about them, and with `history` what was paid to each before."""
    Buyer.objects.get_or_create(ref="B-0", defaults={"has_contact": False, "sealed": b""})
    for part in batched(shops, BATCH):
        with transaction.atomic():
            _sellers(part, at)
            _names(part, at)
            _accounts(part, at)
            _claims([shop for shop in part if shop.why is Why.CLAIM], at)
            _measures([shop for shop in part if shop.why is Why.CAP], at)
    _acceptances(at - timedelta(days=60))
    if history:
        _history(at - OLD)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _sellers(shops: Sequence[Shop], at: datetime) -> None:
    contacts = {shop.ref: _contact(shop, at) for shop in shops}
    sealed = persons.seal_all("seller", contacts)
    blank = {"has_contact": True, "state": "active", "unpaid": None, "country": ""}
    _put(Seller, ({"ref": ref, "sealed": value} | blank for ref, value in sealed.items()))


def _contact(shop: Shop, at: datetime) -> Contact:
    return Contact(
        name=f"店{shop.number}",
        mail=f"s{shop.number}@example.jp",
        legal_name=shop.name,
        legal_kana=shop.kana,
        registered_as=_registrant(shop),
        verified_by=Method.IC_CHIP,
        verified_at=at - timedelta(days=60),
    )


def _registrant(shop: Shop) -> Registrant:
    return Registrant.COMPANY if shop.is_company else Registrant.PERSON


def _sealed(table: str, shops: Sequence[Shop], plain: Iterator[bytes]) -> list[bytes]:
    """Seal each seller's first row of a table with its own key."""
    return sealing.seal_many(
        [
            sealing.Plain(
                subject=f"seller:{shop.ref}", place=sealing.Place(table, f"{shop.ref}/1", "sealed"), plain=one
            )
            for shop, one in zip(shops, plain, strict=True)
        ]
    )


def _names(shops: Sequence[Shop], at: datetime) -> None:
    names = (
        json.dumps([shop.name, shop.kana, _registrant(shop)], ensure_ascii=False).encode() for shop in shops
    )
    adapt, early = connection.ops.adapt_datetimefield_value, at - timedelta(days=60)
    checked = {
        "number": 1,
        "method": Method.IC_CHIP.value,
        "verified_at": adapt(early),
        "covered": True,
        "told_at": adapt(early),
    }
    over = connection.ops.adapt_datefield_value((at - timedelta(days=1)).date())
    _put(
        Version,
        (
            {"seller_ref": shop.ref, "sealed": sealed, "until": over if shop.why is Why.EXPIRED else None}
            | checked
            for shop, sealed in zip(shops, _sealed("identity_version", shops, names), strict=True)
        ),
    )


def _accounts(shops: Sequence[Shop], at: datetime) -> None:
    plain = (msgspec.json.encode(shop.pays_to) for shop in shops)
    adapt = connection.ops.adapt_datetimefield_value
    asked = {
        "number": 1,
        "asked_by": "machine:bench",
        "asked_at": adapt(at - timedelta(days=60)),
        "identity_version": 1,
    }
    blank = {"looked_by": "", "proved_by": "", "tries": 0}
    empty = dict.fromkeys(("looked_at", "proved_at", "bounced_at", "closed_at", "cools_at"))
    rows = []
    for shop, sealed in zip(shops, _sealed(details.TABLE, shops, plain), strict=True):
        verdict, why = _judged(shop)
        look = adapt(at) if shop.why is Why.RELATIVE else None
        row = asked | blank | empty | {"payee_id": shop.ref, "sealed": sealed, "verdict": verdict, "why": why}
        rows.append(row | {"look_since": look, "state": AccountState.IN_USE.value})
        if shop.why is Why.COOLING:
            anew = {"number": 2, "sealed": details.seal(shop.ref, 2, shop.pays_to), "look_since": None}
            rows.append(row | anew | {"cools_at": adapt(at + timedelta(days=3)), "state": "cooling"})
    copied(
        Payee, Seller, {"seller_ref": "t.ref"}, where=f"t.ref BETWEEN '{shops[0].ref}' AND '{shops[-1].ref}'"
    )
    _put(Account, rows)


def _put(into: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as they lie in the table, the quickest way there is."""
    first, *others = rows
    names = ", ".join(f'"{one}"' for one in first)
    values = (tuple(row[one] for one in first) for row in (first, *others))
    table = f'"{into._meta.db_table}" ({names})'
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(first))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", list(values))  # noqa: S608


def _judged(shop: Shop) -> tuple[str, str]:
    kind = Holder.COMPANY if shop.is_company else Holder.PERSON
    if shop.why is not Why.RELATIVE:
        return "match", ""
    found = compare(name=shop.name, kana=shop.pays_to.holder, kind=kind, furigana=shop.kana)
    verdict, why = judged(found, has_kana=True, proof=Proof.NONE)
    return verdict.value, why


def _claims(shops: Sequence[Shop], at: datetime) -> None:
    """Let a refund be considered of each: its order, thread, trouble and remedy."""
    began = at - timedelta(days=3)
    Order.objects.bulk_create(
        Order(ref=f"O-{shop.number}", buyer_id="B-0", seller_id=shop.ref, amount=shop.less, ordered_at=began)
        for shop in shops
    )
    threads = Thread.objects.bulk_create(
        Thread(
            topic="broken",
            buyer_ref="B-0",
            seller_ref=shop.ref,
            order_ref=f"O-{shop.number}",
            state=ThreadState.ANSWERED.value,
            opened_at=began,
            last_at=began,
        )
        for shop in shops
    )
    troubles = Trouble.objects.bulk_create(
        Trouble(
            thread=thread,
            harm="money",
            progress="",
            state=TroubleState.OVERDUE.value,
            opened_at=began,
            answer_due_at=at,
            resolution_due_at=at,
        )
        for thread in threads
    )
    Remedy.objects.bulk_create(
        Remedy(trouble=trouble, buyer_ref="B-0", state=RemedyState.CONSIDERED.value, opened_at=began)
        for trouble in troubles
    )


def _measures(shops: Sequence[Shop], at: datetime) -> None:
    """Let a measure hold so much of each one's money."""
    began, more = at - timedelta(days=3), {"severity": "serious", "harm": "none", "source": "staff"}
    findings = Finding.objects.bulk_create(
        Finding(
            breach="display",
            seller_ref=shop.ref,
            origin=f"bench:{shop.number}",
            automated=False,
            alleged=b"",
            state=FindingState.DECIDED.value,
            found_at=began,
            opened_at=began,
            decided_at=began,
            closed_at=began,
            **more,
        )
        for shop in shops
    )
    Measure.objects.bulk_create(
        Measure(
            finding=finding,
            kind=PAYOUT_HELD.code,
            seller_ref=shop.ref,
            clause=PAYOUT_HOLD.code,
            clause_version=PAYOUT_HOLD.version,
            policy=1,
            row="bench",
            proposed=PAYOUT_HELD.code,
            trace={},
            amount=shop.less,
            decided_by="lead:1",
            approved_by="lead:2",
            state=MeasureState.IN_FORCE.value,
            decided_at=began,
            starts_at=began,
            began_at=began,
            ends_at=at + timedelta(days=20),
        )
        for shop, finding in zip(shops, findings, strict=True)
    )


def _acceptances(at: datetime) -> None:
    for clause in BOUND_BY:
        given = {
            "seller_ref": "t.ref",
            "clause": f"'{clause.code}'",
            "version": str(clause.version),
            "accepted_at": _moment(at),
            "source": "'bench'",
            "act": "NULL",
        }
        copied(ClauseAcceptance, Seller, given)


def _history(at: datetime) -> None:
    """Let 20,000 yen have been released and paid to every seller."""
    blank = {"reasons": "'[]'", "clause": "''", "clause_version": "0", "settled": "''", "settled_amount": "0"}
    times = dict.fromkeys(("waiting_since", "review_at", "ends_at", "closed_at"), "NULL")
    copied(
        Payout,
        Account,
        {"ref": "'old-' || t.payee_id", "payee_id": "t.payee_id", "amount": "20000", "waits": "0", "by_run": _no(),
         "abroad": _no(), "act": "1", "asked_at": _moment(at), "decided_at": _moment(at), "version": "1",
         "state": f"'{PayoutState.PAID.value}'"} | blank | times,
        where="t.number = 1",
    )  # fmt: skip
    table = Payout._meta.db_table
    copied(
        Transfer,
        Account,
        {"payout_id": f"(SELECT p.id FROM {table} p WHERE p.ref = 'old-' || t.payee_id)", "account_id": "t.id",  # noqa: S608
         "amount": "20000", "agreed": _no(), "run_id": "NULL", "because": "''", "made_at": _moment(at),
         "closed_at": _moment(at), "state": f"'{TransferState.PAID.value}'"},
        where="t.number = 1",
    )  # fmt: skip


def copied(
    into: type[models.Model], out_of: type[models.Model], values: dict[str, Any], where: str = "1 = 1"
) -> None:
    """Write a row for each row `t` of another table, its columns by SQL."""
    names, said = ", ".join(f'"{one}"' for one in values), ", ".join(values.values())
    statement = f'INSERT INTO "{into._meta.db_table}" ({names}) SELECT {said} FROM "{out_of._meta.db_table}" t WHERE {where}'  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _moment(at: datetime) -> str:
    stamp = f"{at.astimezone(at.tzinfo):%Y-%m-%d %H:%M:%S}"
    return f"timestamptz '{stamp}+00'" if connection.vendor == "postgresql" else f"'{stamp}'"


def _no() -> str:
    return "false" if connection.vendor == "postgresql" else "0"
