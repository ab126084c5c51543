"""The running API keeps to its committed description, whatever is thrown at it; a description that lies is found out."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from mamori.doors.gateway.table import OPERATIONS
from tests.fuzz.__main__ import described, tried
from tests.fuzz.house import Running, furnish, running

pytestmark = pytest.mark.processes
DOORS = {"401", "403", "405", "411", "415"}
"""Answers of the gate: an operation that gave no other was not tried."""
MOST_ROUNDS = 8
"""How often a busy machine goes on with what was not reached yet; one round does on a quiet one."""


@pytest.fixture(scope="module")
def furnished() -> Iterator[tuple[Running, list[str]]]:
    """Run one house for both tests."""
    with running() as house:
        yield house, furnish(house)


def test_the_api_answers_as_it_is_described(furnished: tuple[Running, list[str]]) -> None:
    house, instructions = furnished
    paths = {f"{op.method} {op.address}" for op in OPERATIONS}
    seen: Counter[str] = Counter()
    reached: set[str] = set()
    done: set[str] = set()

    for seed in range(1, MOST_ROUNDS + 1):
        asked = paths - reached or paths
        found = tried(house, _only(described(), asked), instructions, seconds=60, seed=seed)
        assert found.code == 0, found.said
        seen += found.seen
        reached = {answer.rpartition(" ")[0] for answer in seen if answer.rpartition(" ")[2] not in DOORS}
        done = {answer.rpartition(" ")[0] for answer in seen if answer.rpartition(" ")[2].startswith("2")}
        if reached == paths and len(done) >= 13:
            break

    assert reached == paths
    assert len(done) >= 13, seen


def _only(document: dict[str, Any], asked: set[str]) -> dict[str, Any]:
    """Leave the addresses of these operations: a round that ran out of time began with the same ones, and would again."""
    left = {operation.partition(" ")[2] for operation in asked}
    document["paths"] = {address: said for address, said in document["paths"].items() if address in left}
    return document


def test_a_description_that_leaves_out_an_answer_is_found_out(furnished: tuple[Running, list[str]]) -> None:
    house, instructions = furnished
    lying = copy.deepcopy(described())
    del lying["paths"]["/threads"]["post"]["responses"]["409"]

    for seed in range(1, MOST_ROUNDS + 1):
        found = tried(house, lying, instructions, seconds=20, only="open_thread", seed=seed)
        if found.code:
            break

    assert found.code == 1
    assert "Undocumented status code" in found.said
    assert "409" in found.said
