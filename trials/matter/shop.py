"""The shop beside one matter: what it was asked for, what it answered, and whether its flag is set just now."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Asked:
    """One instruction; `yes` is None until it is answered, `answered` is when, in the order of all."""

    number: int
    undoes: bool
    yes: bool | None = None
    answered: int = 0
    recalled: bool = False
    undone: bool = False

    @property
    def is_out(self) -> bool:
        """Say whether it waits for an answer."""
        return self.yes is None


@dataclass(slots=True)
class Shop:
    """What was asked about one measure, in order, and the flag as the shop left it: set by what it did last."""

    asked: list[Asked] = field(default_factory=list)
    last: int = 0
    flag: bool = False

    @property
    def out(self) -> list[Asked]:
        """Return what waits, the oldest first."""
        return [one for one in self.asked if one.is_out]

    def the(self, number: int) -> Asked | None:
        """Return what was asked under a number."""
        return next((one for one in self.asked if one.number == number), None)

    def order(self) -> int:
        """Ask for the measure, or find it asked for; return its number."""
        standing = [one for one in self._givings() if not one.undone and one.yes is not False]
        return standing[-1].number if standing else self._issue(undoes=False)

    def undo(self) -> int:
        """Ask for its undoing and return the number of what has to be confirmed; 0 where there is nothing to do."""
        for one in self._givings():
            one.undone = one.undone or one.yes is not False
            one.recalled = one.recalled or one.is_out
        newest = max(one.number for one in self._givings())
        asked = [one for one in self._undoings() if one.number > newest]
        if asked and asked[-1].yes is not False:
            return asked[-1].number
        if all(one.yes is False for one in self._givings()):
            return 0
        return self._issue(undoes=True)

    def answer(self, one: Asked, *, yes: bool) -> None:
        """Let the shop do it or not, answer, and be asked anew for what came too late."""
        self.last += 1
        one.yes, one.answered = yes, self.last
        if yes:
            self.flag = not one.undoes
        self._put_right()

    def _put_right(self) -> None:
        standing = [one for one in self._givings() if not one.undone and one.yes is not False]
        opposite = self._undoings() if standing else self._givings()
        done = max((one for one in opposite if one.yes), key=lambda one: one.answered, default=None)
        given = standing or [one for one in self._undoings() if one.yes or not one.recalled]
        last = given[-1] if given else None
        if done is None or (last is not None and (last.is_out or last.number > done.answered)):
            return
        self._issue(undoes=not standing)

    def _issue(self, *, undoes: bool) -> int:
        self.last += 1
        self.asked.append(Asked(self.last, undoes))
        return self.last

    def _givings(self) -> list[Asked]:
        return [one for one in self.asked if not one.undoes]

    def _undoings(self) -> list[Asked]:
        return [one for one in self.asked if one.undoes]
