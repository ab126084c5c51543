"""Does a registered name meet its account?  Persons that the table does not know, real ones, relatives, strangers, companies.

Planted: a table that knows one reading a kanji, as an analyser does.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.verdict import told

if TYPE_CHECKING:
    from trials.names.measure import Named

TITLE = Text("登録名と口座名義のカナを比べる", "registered names compared with the kana of accounts")


def promises(found: Named) -> dict[str, bool]:
    """Return what is promised of the figures."""
    unknown = (found.sellers, found.sellers_nowhere)
    kin = (found.same_surname, found.same_surname_nowhere)
    return {
        say("表にない人の95%以上が一致", "95 % or more of persons not in the table match"): min(
            rates.match for rates in unknown
        )
        >= 95,
        say("そのうち不一致は1%以下", "1 % or less of them are refused"): max(
            rates.mismatch for rates in unknown
        )
        <= 1,
        say(
            "実在の人の95%以上が一致、不一致は1%以下",
            "of real persons 95 % or more match, 1 % or less are refused",
        ): (found.known_persons.match >= 95 and found.known_persons.mismatch <= 1),
        say("同じ姓の別人の一致は0.7%以下", "0.7 % or less of same surnames match"): max(
            rates.match for rates in kin
        )
        <= 0.7,
        say("無関係の別人の一致は0.005%以下", "0.005 % or less of strangers match"): found.strangers_matched
        <= 0.00005 * found.strangers.pairs,
        say("会社名の97%以上が一致", "97 % or more of company names match"): found.companies.match >= 97,
        say("1人150µs、1社1.5ms以内", "150 µs a person, 1.5 ms a company"): found.sellers.microseconds <= 150
        and found.companies.microseconds <= 1_500,
        say("表は120MiB以内", "the table adds 120 MiB or less"): found.table_mib <= 120,
        say(
            "漢字1字に1つの読みの表では足りない", "a table of one reading a kanji would not do"
        ): found.planted_one_reading < 95,
    }


@click.command(name="names", help=TITLE.in_(LANG))
@click.option("--count", type=click.IntRange(100, 5_000), default=3_000, show_default=True)
@click.option("--strangers", type=click.IntRange(1_000), default=60_000, show_default=True)
@click.option("--seed", default=20261126, show_default=True)
@click.option(
    "--tables",
    type=click.Path(file_okay=False, path_type=Path),
    help=say(
        "測るための表を置くフォルダー（なければ作る。数分かかる）",
        "where the tables for measuring lie (built when they do not; takes minutes)",
    ),
)
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(count: int, strangers: int, seed: int, tables: Path | None, json_: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    from trials.names.measure import measure

    with tempfile.TemporaryDirectory() as spare:
        found = measure(count=count, strangers=strangers, seed=seed, tables=tables or Path(spare))
    told(TITLE, found, promises(found), as_json=json_)
