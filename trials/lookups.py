"""How soon does the first look-up answer, how much memory does it keep, and how long do those take that follow?

Banks, telephone numbers, corporate numbers and addresses, each in a process of its own; beside them the package of the banks
imported as it is, which is what we do not do.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import python
from trials.verdict import told

TITLE = Text(
    "銀行・電話・番号・住所を引く時間と記憶", "time and memory of banks, telephones, numbers and addresses"
)
ROUNDS = 3_000
ASKED = {
    "bank": (
        "from mamori.japan.banks.account import account",
        "account(bank='0005', branch_code='001', kind='普通', number='1234567')",
    ),
    "all_branches": (
        "from mamori.japan.banks.master import banks, branches",
        "sum(len(branches(code)) for code in banks())",
    ),
    "package_imported": ("import zengin_code", "len(zengin_code.Bank.all)"),
    "passbook": ("from mamori.japan.banks.yucho import from_passbook", "from_passbook('10530', '12345671')"),
    "phone": ("from mamori.japan.phones import phone", "phone('０９０ー１２３４ー５６７８')"),
    "corporate": (
        "from mamori.japan.identifiers.corporate import corporate_number",
        "corporate_number('7000012050002')",
    ),
    "address": (
        "from mamori.japan.addresses.reading import address",
        "address('〒100-0004 東京都千代田区大手町1-1')",
    ),
}
"""What is looked up: what it needs, and the question."""
_PROGRAM = """
import json, time
def mib():
    return int(open('/proc/self/statm').read().split()[1]) * 4096 / 2**20
import msgspec, mamori.grammar.refusal
before = mib()
begun = time.perf_counter()
{needs}
{asks}
first = time.perf_counter() - begun
kept = mib() - before
begun = time.process_time()
for _ in range({rounds}):
    {asks}
each = (time.process_time() - begun) / {rounds}
print(json.dumps([round(first * 1000, 1), round(kept, 1), round(each * 1e6, 1)]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """For each: milliseconds to the first answer with all that is read for it, MiB kept, microseconds of each that follows."""

    bank: tuple[float, float, float]
    all_branches: tuple[float, float, float]
    package_imported: tuple[float, float, float]
    passbook: tuple[float, float, float]
    phone: tuple[float, float, float]
    corporate: tuple[float, float, float]
    address: tuple[float, float, float]


def measure() -> LookedUp:
    """Ask each in a process of its own."""
    return LookedUp(**{name: _ask(needs, asks) for name, (needs, asks) in ASKED.items()})


def _ask(needs: str, asks: str) -> tuple[float, float, float]:
    rounds = 20 if "sum" in asks else ROUNDS
    program = _PROGRAM.format(needs=needs, asks=asks, rounds=rounds)
    done = subprocess.run(python("-c", program), capture_output=True, text=True, check=True)  # noqa: S603
    first, kept, each = json.loads(done.stdout)
    return first, kept, each


@click.command(name="lookups", help=TITLE.in_(LANG))
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(json_: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    found = measure()
    kept = {
        say("銀行は全支店でも20 MiB以下", "banks keep 20 MiB or less with all branches"): found.all_branches[
            1
        ]
        <= 20,
        say(
            "パッケージをそのまま読むより少ない", "less than the package imported as it is"
        ): found.all_branches[1] < found.package_imported[1],
        say("住所の表は120 MiB以下", "the table of addresses keeps 120 MiB or less"): found.address[1] <= 120,
        say("2件目からは1ミリ秒未満", "below a millisecond after the first"): max(
            one[2] for one in (found.bank, found.passbook, found.phone, found.corporate, found.address)
        )
        < 1_000,
    }
    told(TITLE, found, kept, as_json=json_)
