"""Whether a name as it is registered and the kana of an account are one: persons, companies, and what is in doubt.

`compare` answers match, review or mismatch with a sentence why; the table of readings that it leans on is a package of
its own, `mamori-readings`, with its own licence.  Nothing is fetched.
"""

from mamori.japan.names.answer import Answer as Answer, Verdict as Verdict
from mamori.japan.names.companies import Holder as Holder, compare as compare
from mamori.japan.names.kana import cut as cut
from mamori.japan.names.lattice import Piece as Piece
