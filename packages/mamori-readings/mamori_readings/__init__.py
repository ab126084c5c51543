"""How Japanese names and words may be read: three sorted texts, each compressed, of sources named in ATTRIBUTION.md.

`block("kanji")` is a line a kanji, `kanji TAB reading,counts;reading,counts…`: how often the reading was met alone, first,
in the middle and last in surnames, the same in given names, and in words.  `block("names")` is a line a name,
`name TAB readings as a surname TAB readings as a given name`; `block("words")` a line for each word or place that is not
read letter by letter, `word TAB readings`.  Kana are katakana without small letters, `-` for a long vowel.
"""

import lzma
from importlib.resources import files

__all__ = ["BLOCKS", "block", "packed", "unpacked"]

BLOCKS: dict[str, str] = {"kanji": "kanji.txt.xz", "names": "names.txt.xz", "words": "words.txt.xz"}
"""Name → file."""


def block(name: str) -> bytes:
    """Return one text as bytes, lines sorted by their bytes.

    :raises KeyError: when there is none of the name.
    """
    return unpacked((files(__name__) / BLOCKS[name]).read_bytes())


def unpacked(file: bytes) -> bytes:
    """Return the text that a file holds."""
    return lzma.decompress(file)


def packed(text: bytes) -> bytes:
    """Return a text as it lies in its file."""
    return lzma.compress(text, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, preset=9)
