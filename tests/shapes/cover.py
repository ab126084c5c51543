"""What shape a statement has, and the cheapest tests that together send all shapes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from heapq import heapify, heappop, heappush

VALUES = re.compile(r"\(\s*%s(?:\s*,\s*%s)*\s*\)")
ROWS = re.compile(r"\(%s\*\)(?:\s*,\s*\(%s\*\))+")
NUMBER = re.compile(r"\b\d+\b")


def shape(sql: str) -> str:
    """Return a statement without what differs from call to call: how many values and rows it has, and its numbers."""
    return NUMBER.sub("n", ROWS.sub("(%s*)+", VALUES.sub("(%s*)", sql)))


def cover[T](sent: Mapping[str, Collection[T]], cost: Mapping[str, float]) -> list[str]:
    """Return the tests that send all there is, taking first whichever sends the most that is new for a second."""
    left = {one for shapes in sent.values() for one in shapes}
    chosen = []
    queue = [(-len(shapes) / cost[test], test) for test, shapes in sent.items()]
    heapify(queue)
    while left:
        _, test = heappop(queue)
        gain = len(left.intersection(sent[test])) / cost[test]
        if queue and gain < -queue[0][0]:  # others took of it since
            heappush(queue, (-gain, test))
        elif gain:
            chosen.append(test)
            left.difference_update(sent[test])
    return chosen
