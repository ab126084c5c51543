"""The mail of the simulated year as it arrives: each file of the folder is read once and taken away."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

_NUMBER = re.compile(r"(?:受付番号|report|Report)(\d+)")
_CODE = re.compile(r"(?:確認コードは|Yourcodeis)(\d{8})")
_PAGE = re.compile(r"/complaints/mine/([\w-]+)/")


@dataclass(frozen=True, slots=True)
class OutcomeMail:
    """An outcome as somebody reads it in a mail: to whom and when it was written, its words without blanks, and whose page."""

    to: str
    at: datetime
    words: str
    secret: str


@dataclass(slots=True)
class Letters:
    """What has arrived: by the number of the report, the newest code, every outcome and how often it was said that it goes on.

    `others` counts the mails that went to anybody else.
    """

    folder: Path
    codes: dict[int, str] = field(default_factory=dict)
    outcomes: dict[int, list[OutcomeMail]] = field(default_factory=lambda: defaultdict(list))
    interims: Counter[int] = field(default_factory=Counter)
    others: int = 0

    def collect(self) -> None:
        """Read what has come."""
        for path in sorted(self.folder.glob("*.eml")):
            self._read(path.read_bytes())
            path.unlink()

    def _read(self, content: bytes) -> None:
        mail = message_from_bytes(content, policy=policy.default)
        body = mail.get_body(("plain",))
        words = re.sub(r"\s", "", body.get_content() if body else "")
        number, code, page = _NUMBER.search(words), _CODE.search(words), _PAGE.search(words)
        if number and code:
            self.codes[int(number[1])] = code[1]
        elif number and page:
            at = parsedate_to_datetime(mail["Date"])
            self.outcomes[int(number[1])].append(OutcomeMail(str(mail["To"]), at, words, page[1]))
        elif number:  # a danger goes on: that leads to no page
            self.interims[int(number[1])] += 1
        else:
            self.others += 1
