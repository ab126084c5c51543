"""An image of a document verifies a seller up to 31 March 2027; what was verified so before that day stays verified."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.ground.market.actions import MethodOver
from mamori.japan.calendar import JAPAN
from mamori.law.identification import METHODS, Method
from mamori.rooms.identity.facts import Standing
from mamori.rooms.identity.models import Version
from mamori.rooms.identity.tests.test_identity import stands, tell

pytestmark = pytest.mark.django_db
ENDS = datetime(2027, 4, 1, tzinfo=JAPAN)
LATER = ENDS + timedelta(days=30)


def test_it_alone_has_an_end_and_says_where_that_stands() -> None:
    ending = {method for method, one in METHODS.items() if one.last is not None}

    assert ending == {Method.DOCUMENT_IMAGE}
    found = METHODS[Method.DOCUMENT_IMAGE].ends_by
    assert found is not None
    assert found.is_binding


@pytest.mark.parametrize("told_at", [ENDS - timedelta(seconds=1), LATER])
def test_a_check_of_the_last_day_counts_whenever_it_is_told(told_at: datetime) -> None:
    tell(
        told_at,
        verified_by=Method.DOCUMENT_IMAGE,
        verified_at=ENDS - timedelta(seconds=1),
        verified_until=None,
    )

    assert stands(LATER) is Standing.VERIFIED


@pytest.mark.parametrize("verified_at", [ENDS, LATER])
def test_a_check_of_a_later_day_is_refused_with_a_sentence_and_nothing_is_kept(verified_at: datetime) -> None:
    with pytest.raises(MethodOver) as refused:
        tell(LATER, verified_by=Method.DOCUMENT_IMAGE, verified_at=verified_at, verified_until=None)

    assert "2027年3月31日" in refused.value.sentence.ja
    assert "31 Mar 2027" in refused.value.sentence.en
    assert not Version.objects.exists()


@pytest.mark.parametrize("method", [Method.JPKI, Method.IC_CHIP, Method.FACE_TO_FACE])
def test_other_methods_go_on(method: Method) -> None:
    tell(LATER, verified_by=method, verified_at=ENDS, verified_until=None)

    assert stands(LATER) is Standing.VERIFIED
