"""Mamori's own receipts under the verifier that shares no code with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions, facts
from verifier import mamori_verify

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_every_receipt_of_a_real_log_is_proved_offline(tmp_path: Path) -> None:
    actor = Actor(by="髙橋", role=Role.AGENT, at=NOON, via="terminal")
    numbers = []
    for index in range(23):
        with transaction.atomic():
            numbers.append(
                actions.record(
                    actor,
                    kind="contact.asked",
                    subject="buyer:B-1",
                    about="t:1",
                    payload={"n": [index, "二", None]},
                )
            )
        if index in (4, 11, 22):
            actions.sequence(at=NOON)

    for number in numbers:
        receipt = facts.receipt(number)
        assert receipt is not None
        file = tmp_path / f"{number}.json"
        file.write_text(receipt.as_json())
        kept = Path(settings.LOG) / "checkpoint"
        assert mamori_verify.main([str(file), "--key", facts.key(), "--checkpoint", str(kept)]) == 0
        file.write_text(receipt.as_json().replace("髙", "高"))
        assert mamori_verify.main([str(file), "--key", facts.key()]) == 1
