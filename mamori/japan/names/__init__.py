"""Whether a name as it is registered and the kana of an account are one: persons, companies, and what is in doubt.

`compare` answers match, review or mismatch with a sentence why; the table of readings that it leans on is a package of
its own, `mamori-readings`, with its own licence.  Nothing is fetched.
"""

from mamori.japan.names.answer import Answer as Answer, Verdict as Verdict
from mamori.japan.names.companies import Holder as Holder, compare as compare
from mamori.japan.names.kana import (
    CUT as CUT,
    cut as cut,
    half as half,
    illegal as illegal,
    is_cut as is_cut,
    normal as normal,
)
from mamori.japan.names.lattice import Piece as Piece
