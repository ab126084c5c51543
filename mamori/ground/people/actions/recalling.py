"""Who brought whom in before the house wrote it down: read from the record, where each adding and inviting stands."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import seconds
from mamori.ground.people.models import Account

KINDS = ("people.account_added", "people.invited")


def recall_introductions() -> None:
    """Write down whoever brought an account in, as far as the record can be read; what is written down stays."""
    accounts = {f"people.account:{one.pk}": one for one in Account.objects.order_by("pk")}
    for kind in KINDS:
        for about, acts in ledger.acts_of(accounts, kind=kind).items():
            for act in acts:
                if act.content is not None:
                    seconds.note(_hand(act.content, act.at), accounts[about])


def _hand(content: dict[str, object], at: datetime) -> Hand:
    return Hand(by=str(content["by"]), role=Role(str(content["role"])), at=at, via=str(content["via"]))
