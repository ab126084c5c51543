"""The three files of the package of data: readings of kanji with counts, listed names, and odd words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from mamori.japan.names.lattice import COLUMNS, KanjiKind
from tools.readings import sources
from tools.readings.sources import HAS_KANJI, Pair
from tools.readings.training import ROUNDS, Model, align, beginning, count_words, learn
from tools.readings.variants import plain

LONGEST_NAME = 6
"""Letters; what is longer among the unclassified entries is a temple or a work."""
type Say = Callable[[str], None]


def built(*, without: int | None, everywhere: bool, say: Say) -> dict[str, bytes]:
    """Return the files; `without` leaves one tenth of the dataset's given names, with their readings, out.

    What JMnedict knows of them stays, as it would of any person who comes; with `everywhere` it is left out as well.

    :raises NoSource: when a package that is read is not installed.
    """
    dataset = sources.given_names()
    lost = {pair for pair in dataset if sources.tenth(pair) == without}
    either, surnames = (
        sources.names_of(sources.EITHER),
        sources.names_of(sources.SURNAME) | set(sources.surnames()),
    )
    given = sources.names_of(sources.GIVEN) | (dataset - lost)
    refused = lost if everywhere else set()
    surnames, given = (fit((part | either) - refused) for part in (surnames, given))
    say(f"{len(surnames)} surnames, {len(given)} given names")
    dictionary = sources.readings_of_kanji()
    model = trained(beginning(dictionary), surnames, given, say)
    odd = count_words(model, sorted(sources.words()))
    places = [pair for pair in sorted(sources.names_of(sources.PLACES)) if pair not in surnames]
    odd += odd_places(model, places)
    say(f"{len(odd)} words and places that are not read letter by letter")
    return {"kanji": kanji(model, dictionary), "names": names(surnames, given), "words": listed(odd)}


def fit(names: set[Pair]) -> set[Pair]:
    """Return the names that persons bear: not too long, and not a kana that reads itself."""
    return {pair for pair in names if len(pair[0]) <= LONGEST_NAME and pair[0] != pair[1]}


def trained(model: Model, surnames: set[Pair], given: set[Pair], say: Say) -> Model:
    """Return the model after going through all names some times."""
    entries = [(pair, KanjiKind.GIVEN) for pair in sorted(given)] + [
        (pair, KanjiKind.SURNAME) for pair in sorted(surnames)
    ]
    entries = [entry for entry in entries if len(entry[0][0]) <= len(entry[0][1])]
    for turn in range(ROUNDS + 1):
        fitting, taken = learn(model, entries)
        say(f"round {turn}: {fitting} of {len(entries)} names fit; {taken} readings taken up")
    return model


def odd_places(model: Model, places: Iterable[Pair]) -> list[Pair]:
    """Return the places that no known readings explain; they are not counted."""
    return [pair for pair in places if align(model, *pair, KanjiKind.WORD) is None]


def kanji(model: Model, dictionary: Iterable[Pair]) -> bytes:
    """Return a line a kanji: `kanji TAB reading,counts…;reading,counts…`, counts without the zeros at the end."""
    known: dict[str, dict[str, list[int]]] = {
        letter: {reading: list(counts) for reading, counts in met.items()}
        for letter, met in model.counts.items()
        if HAS_KANJI.match(letter)
    }
    base: dict[str, set[str]] = defaultdict(set)
    for letter, reading in dictionary:
        base[letter].add(reading)
    for letter, readings in base.items():
        met = known.setdefault(letter, {})
        for reading in plain(readings):
            met.setdefault(reading, [0] * COLUMNS)
    return _lines(
        (letter, ";".join(_row(reading, known[letter][reading]) for reading in sorted(known[letter])))
        for letter in known
    )


def _row(reading: str, counts: list[int]) -> str:
    return ",".join([reading, *(str(count or "") for count in counts)]).rstrip(",")


def names(surnames: Iterable[Pair], given: Iterable[Pair]) -> bytes:
    """Return a line a name: `name TAB readings as a surname TAB readings as a given name`."""
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for place, pairs in enumerate((surnames, given)):
        for name, kana in pairs:
            found[name][place].add(kana)
    return _lines((name, "\t".join(" ".join(sorted(part)) for part in both)) for name, both in found.items())


def listed(words: Iterable[Pair]) -> bytes:
    """Return a line a word: `word TAB readings`."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, kana in words:
        found[word].add(kana)
    return _lines((word, " ".join(sorted(kana))) for word, kana in found.items())


def _lines(rows: Iterable[tuple[str, str]]) -> bytes:
    rows = [(key, rest) for key, rest in rows if rest]
    return b"".join(
        f"{key}\t{rest}\n".encode() for key, rest in sorted(rows, key=lambda row: row[0].encode())
    )
