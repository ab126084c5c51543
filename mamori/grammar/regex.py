"""Regular expressions that are compiled when they are first used: a start loads hundreds of them and uses few.

What a match calls its `re` is the compiled pattern, and not the one that waited: compare their `pattern`.
"""

from __future__ import annotations

import re
from typing import Any, cast


class Regex:
    """Has the methods of a compiled pattern as its own attributes, so that they are found as quickly."""

    pattern: Any


class _Waiting(Regex):
    """Compiles when more than the text of the pattern is asked of it; from then on it is a `Regex` and no more."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copy and pickle ask before there is anything to compile
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for known in dir(compiled):
            if not known.startswith("_"):
                setattr(self, known, getattr(compiled, known))
        self.__class__ = Regex  # type: ignore[assignment]
        return getattr(compiled, name)


def regex[T: (str, bytes)](pattern: T, flags: int = 0) -> re.Pattern[T]:
    """Return a pattern that is compiled when it is first used."""
    return cast("re.Pattern[T]", _Waiting(pattern, flags))
