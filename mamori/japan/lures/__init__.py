"""Contact details and offers to deal elsewhere, found in a message; and the notices that nobody may touch.  Pure Python.

`check` finds, `masked` hides what was found, `formal` says that a message must be left as it is. None of them decides
anything: the writer is warned, and only a button that the writer presses makes a notice a notice.
"""

from mamori.japan.lures.checking import check, masked
from mamori.japan.lures.formal import Formal, FormalKind, formal, is_untouchable
from mamori.japan.lures.kinds import KINDS, Allowed, Kind, Lure, Writer
from mamori.japan.lures.placeholders import standing_for

__all__ = [
    "KINDS",
    "Allowed",
    "Formal",
    "FormalKind",
    "Kind",
    "Lure",
    "Writer",
    "check",
    "formal",
    "is_untouchable",
    "masked",
    "standing_for",
]
