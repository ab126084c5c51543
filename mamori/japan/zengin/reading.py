"""A 総合振込 file read and verified by its bytes; it shares nothing with what writes one, so that no mistake hides twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.zengin.faults import AccountPlace, Ordered, Paid, Reading

# One record of a 総合振込 file, verified field by field; offsets are written out, first and last byte counted from 1.


BLANK = Text("空白", "blank")
_NO_DIGIT = regex(rb"[^0-9]")
_NO_BLANK = regex(rb"[^ ]")


@dataclass(slots=True)
class Record:
    """120 bytes with their line; whatever is wrong is told to the reading."""

    content: bytes
    line: int
    reading: Reading
    is_right: bool = True

    def part(self, first: int, last: int) -> bytes:
        """Return the bytes from the first to the last."""
        return self.content[first - 1 : last]

    def text(self, first: int, last: int) -> str:
        """Return these bytes as letters, without the blanks that fill them up."""
        return self.part(first, last).decode("cp932").rstrip(" ")

    def wrong(self, code: str, at: int, **values: object) -> None:
        """Tell a fault of this record."""
        self.is_right = False
        self.reading.tell(code, self.line, at, **values)

    def digits(self, first: int, last: int, ja: str, en: str) -> None:
        """Hold a part to be digits."""
        if other := _NO_DIGIT.search(self.content, first - 1, last):
            self.wrong("digits", other.start() + 1, what=Text(ja, en))

    def name(self, first: int, last: int, ja: str, en: str) -> None:
        """Hold a part to begin with a letter."""
        if self.part(first, last)[:1] == b" ":
            self.wrong("name", first, what=Text(ja, en))

    def always(self, first: int, wanted: bytes, ja: str, en: str) -> None:
        """Hold a part to be just this."""
        if self.part(first, first + len(wanted) - 1) != wanted:
            self.wrong("constant", first, what=Text(ja, en), wanted=wanted.decode("ascii"))

    def one_of(self, at: int, choices: bytes, ja: str, en: str) -> None:
        """Hold a byte to be one of these."""
        if self.part(at, at) not in choices:
            self.wrong("choice", at, what=Text(ja, en), wanted=", ".join(choices.decode("ascii")))

    def blank(self, first: int) -> None:
        """Hold the rest to be blanks."""
        if other := _NO_BLANK.search(self.content, first - 1):
            self.wrong("constant", other.start() + 1, what=Text("余白", "filling"), wanted=BLANK)


def header(record: Record, on: date | None) -> None:
    """Verify the header; `on` is the day of payment that was meant."""
    record.always(2, b"21", "種別コード", "sort of file")
    record.always(4, b"0", "コード区分", "encoding")
    record.digits(5, 14, "依頼人コード", "code of who orders")
    record.name(15, 54, "依頼人名", "name of who orders")
    record.digits(59, 62, "仕向銀行番号", "paying bank")
    record.name(63, 77, "仕向銀行名", "name of the paying bank")
    record.digits(78, 80, "仕向支店番号", "paying branch")
    record.name(81, 95, "仕向支店名", "name of the paying branch")
    record.one_of(96, b"129", "預金種目", "kind of account")
    record.digits(97, 103, "口座番号", "account number")
    record.blank(104)
    try:  # without a day that was meant, 29 February may be right
        day = date(2024 if on is None else on.year, int(record.part(55, 56)), int(record.part(57, 58)))
    except ValueError:
        day = None
    if day is None or (on is not None and day != on):
        record.wrong("date", 55)
    if record.is_right:
        account = AccountPlace(
            bank=record.text(59, 62),
            bank_name=record.text(63, 77),
            branch=record.text(78, 80),
            branch_name=record.text(81, 95),
            kind=record.text(96, 96),
            number=record.text(97, 103),
        )
        record.reading.ordered = Ordered(record.text(5, 14), record.text(15, 54), account)


def data(record: Record) -> None:
    """Verify a payment, and take it when it is right."""
    record.digits(2, 5, "被仕向銀行番号", "bank that is paid to")
    record.name(6, 20, "被仕向銀行名", "name of the bank that is paid to")
    record.digits(21, 23, "被仕向支店番号", "branch that is paid to")
    record.name(24, 38, "被仕向支店名", "name of the branch that is paid to")
    record.always(39, b"0000", "手形交換所番号", "clearing house")
    record.one_of(43, b"1249", "預金種目", "kind of account")
    record.digits(44, 50, "口座番号", "account number")
    record.name(51, 80, "受取人名", "name of who is paid")
    record.digits(81, 90, "振込金額", "amount")
    record.always(91, b"0", "新規コード", "new")
    record.digits(92, 111, "顧客コード", "customer codes")
    record.always(112, b"7", "振込指定区分", "way of payment")
    record.blank(113)
    if record.part(81, 90) == b"0000000000":
        record.wrong("nothing", 81)
    if not record.is_right:
        return
    to = AccountPlace(
        bank=record.text(2, 5),
        bank_name=record.text(6, 20),
        branch=record.text(21, 23),
        branch_name=record.text(24, 38),
        kind=record.text(43, 43),
        number=record.text(44, 50),
    )
    paid = Paid(
        line=record.line,
        to=to,
        holder=record.text(51, 80),
        amount=int(record.part(81, 90)),
        reference=int(record.part(92, 111)),
    )
    record.reading.payments.append(paid)
    record.reading.total += paid.amount


def trailer(record: Record) -> None:
    """Verify count and sum against what was read; the sum only where every payment could be read."""
    record.digits(2, 7, "合計件数", "count")
    record.digits(8, 19, "合計金額", "sum")
    record.blank(20)
    if not record.is_right:
        return
    reading = record.reading
    count, total = int(record.part(2, 7)), int(record.part(8, 19))
    if count != reading.counted:
        record.wrong("count", 2, said=f"{count:,}", counted=f"{reading.counted:,}")
    if total != reading.total and reading.counted == len(reading.payments):
        record.wrong("total", 8, said=f"{total:,}", counted=f"{reading.total:,}")


LENGTH = 120
_LINE_END = regex(rb"\r\n|\n|\r")
_ILLEGAL = regex(rb"[^0-9A-Z\xb1-\xdf()\-. ]")
_UTF8 = regex(rb"[\xe3\xef][\x80-\xbf]{2}")
_NAMES = {
    b"1": Text("ヘッダー", "the header"),
    b"2": Text("データ", "a payment"),
    b"8": Text("トレーラー", "the trailer"),
    b"9": Text("エンド", "the end"),
}
_FOLLOWING = {b"": b"1", b"1": b"2", b"2": b"28", b"8": b"9", b"9": b""}
_NOTHING = Text("終わり", "nothing")


def read(content: bytes, *, on: date | None = None) -> Reading:
    """Return what the file says and every fault found; `on` is the day of payment that was meant."""
    reading = Reading()
    if not content:
        reading.tell("empty")
    elif what := unusable_encoding(content):
        reading.tell("encoding", what=what)
    else:
        last = b""
        for line, record in enumerate(_records(content, reading), start=1):
            last = _one(Record(record, line, reading), last, on)
        if last != b"9":
            reading.tell("unfinished")
    return reading


def unusable_encoding(content: bytes) -> str:
    """Return the name of an encoding that no bank takes, or nothing."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "UTF-8 (BOM)"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[: 2 * LENGTH].count(0) > 20:
        return "UTF-16"
    return "UTF-8" if _UTF8.search(content) else ""


def _records(content: bytes, reading: Reading) -> list[bytes]:
    """Cut the file at its line ends or, where there are none, every 120 bytes."""
    ends = _LINE_END.findall(content)
    if not ends:
        return [content[at : at + LENGTH] for at in range(0, len(content), LENGTH)]
    lines = _LINE_END.split(content)
    odd = next((line for line, end in enumerate(ends, start=1) if end != b"\r\n"), 0)
    if odd or lines[-1]:
        reading.tell("line-ends", odd or len(lines))
    return lines if lines[-1] else lines[:-1]


def _one(record: Record, last: bytes, on: date | None) -> bytes:
    """Verify one record after the kind that came last; return the kind that has come last now."""
    kind = record.part(1, 1)
    if len(record.content) != LENGTH:
        record.wrong("length", 0, length=len(record.content))
    if kind not in _NAMES:
        record.wrong("record", 1, found=kind.decode("ascii", "replace"))
        return last
    if kind not in _FOLLOWING[last]:
        wanted = _NAMES.get(_FOLLOWING[last][-1:], _NOTHING)
        record.wrong("order", 1, wanted=wanted, found=_NAMES[kind])
    record.reading.counted += kind == b"2"
    if illegal := _ILLEGAL.search(record.content):
        record.wrong("letter", illegal.start() + 1, what=_NAMES[kind])
    if not record.is_right:
        return kind
    if kind == b"1":
        header(record, on)
    elif kind == b"2":
        data(record)
    elif kind == b"8":
        trailer(record)
    else:
        record.blank(2)
    return kind
