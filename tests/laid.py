"""Casts that are laid once: their rows stand below a savepoint, and each test is rolled back to it.

A fixture that is declared with `laid` writes its rows when the first test asks for it, and they stand for all that follow and
ask for the same; where a test asks for others, what it does not ask for is taken away again.  So a test finds what it asks
for and nothing else, whatever ran before it.  What such a fixture returns is shared: it must be something that nobody changes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial, wraps
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from mamori.ground.people import limits

COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}
_ORDER = count()


@dataclass(frozen=True, eq=False)
class Cast:
    """Some rows of a cast, and how they are laid."""

    name: str
    lay: Callable[..., Any]
    order: int = field(default_factory=lambda: next(_ORDER))


@dataclass(eq=False)
class Ground:
    """What stands now, each above the one before it, with what its fixture gave."""

    stands: list[tuple[Cast, Any, transaction.Atomic]] = field(default_factory=list)

    def stand(self, wanted: list[Cast]) -> None:
        """Let exactly these casts stand."""
        same = 0
        while same < min(len(wanted), len(self.stands)) and self.stands[same][0] is wanted[same]:
            same += 1
        while len(self.stands) > same:
            _undo(self.stands.pop()[2])
        for cast in wanted[same:]:
            self._lay(cast)

    def _lay(self, cast: Cast) -> None:
        below = {standing.name: value for standing, value, _ in self.stands}
        block = transaction.atomic()
        block._from_testcase = True  # type: ignore[attr-defined]  # as Django marks a test's own: others may be durable in it
        block.__enter__()
        try:
            value = cast.lay(**{name: below.get(name) for name in inspect.signature(cast.lay).parameters})
        except BaseException:
            _undo(block)
            raise
        self.stands.append((cast, value, block))
        wrote = [folder for folder in (settings.LOG, settings.FILES) if folder.exists()]
        assert not wrote, f"{cast.name} writes to {wrote}, and the next test has folders of its own"


def _undo(block: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    block.__exit__(None, None, None)


GROUND = Ground()


def laid(lay: Callable[..., Any] | None = None, *, autouse: bool = False) -> Any:
    """Declare a fixture whose rows are laid once, and rolled back to by every test that asks for them."""
    if lay is None:
        return partial(laid, autouse=autouse)
    cast = Cast(lay.__name__, lay)

    @wraps(lay)
    def there(**asked: Any) -> Any:
        for standing, value, _ in GROUND.stands:
            if standing is cast:
                return value
        asked.pop("db" if "db" not in inspect.signature(lay).parameters else "", None)
        return lay(**asked)  # a test that commits stands on nothing

    names = dict.fromkeys([*inspect.signature(lay).parameters, "db"])
    parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
    there.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    there.cast = cast  # type: ignore[attr-defined]
    return pytest.fixture(there, autouse=autouse)


def wanted(item: Any) -> list[Cast]:
    """Return the casts that a test asks for, the lowest first; none where it commits and can be rolled back to nothing."""
    marker = item.get_closest_marker("django_db")
    if not COMMITTING.isdisjoint(item.fixturenames) or (
        marker and (marker.args or marker.kwargs.get("transaction"))
    ):
        return []
    known = item._fixtureinfo.name2fixturedefs
    asked = [known[name][-1].func for name in item.fixturenames if name in known]
    return sorted((one.cast for one in asked if hasattr(one, "cast")), key=lambda cast: cast.order)


@pytest.fixture(scope="session")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    """Hold what is laid, until the last test is through."""
    yield GROUND
    with django_db_blocker.unblock():
        GROUND.stand([])


@pytest.fixture
def _standing(request: pytest.FixtureRequest, _ground: Ground, django_db_blocker: Any, house: None) -> None:
    with django_db_blocker.unblock():
        _ground.stand(wanted(request.node))
    limits.forget()


@pytest.fixture
def _django_db_helper(_standing: None, _django_db_helper: None) -> None:
    """Let what a test stands on be laid before the transaction begins in which pytest-django puts the test."""
