"""What should stand about a matter: clocks, open tasks, what hinders a seller.  Pure data, which a room's rules yield."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from mamori.grammar.businesstime import Duration, Pause
from mamori.grammar.clearance import Hinders as Hinders, Vouches as Vouches
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True)
class Runs:
    """A clock should run since a moment that the row keeps, never since “now”: a restart is a moved `since`.

    It lasts for `span`: a duration, the deadline whose duration was set at `since`, or where it is None that of `kind`
    itself.  `key` tells clocks of one kind apart.  With `again` it runs anew from the moment at which it fired; without, what
    fired is spent.  While `still` says why, it is held.  The pauses `without` do not count.
    """

    kind: Deadline | str
    _: KW_ONLY
    since: datetime
    span: Duration | Deadline | None = None
    key: str = ""
    again: bool = False
    still: Text | None = None
    without: tuple[Pause, ...] = ()

    @property
    def code(self) -> str:
        """Return the kind as the clock's row names it."""
        return self.kind if isinstance(self.kind, str) else self.kind.code


@dataclass(frozen=True, slots=True)
class Asks:
    """Somebody has to do something, whatever else happens, until it was done; `due` is by when, where that is known."""

    what: str
    due: datetime | None = None


type Stands = Runs | Asks | Hinders | Vouches


def runs(should: Iterable[Stands]) -> tuple[Runs, ...]:
    """Return the clocks among what should stand."""
    return tuple(one for one in should if isinstance(one, Runs))


def asks(should: Iterable[Stands]) -> tuple[Asks, ...]:
    """Return the open tasks among what should stand, in their order."""
    return tuple(one for one in should if isinstance(one, Asks))


def hinders(should: Iterable[Stands]) -> tuple[Hinders | Vouches, ...]:
    """Return what is said of a party's clearance among what should stand."""
    return tuple(one for one in should if isinstance(one, Hinders | Vouches))
