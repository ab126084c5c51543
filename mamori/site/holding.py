"""One house holds its database: a row says which, renewed while it runs; another house is refused meanwhile."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts
from mamori.site import private

ID = "house.id"
"""The file in MAMORI_HOME that tells this house from all others; whoever copies the folder has the same house, to this look."""
EVERY = 10.0
_HOUSE_ID = regex(r"[0-9a-f]{32}")

log = logging.getLogger(__name__)


class OtherHouse(Refusal, code="house.other", status=409):
    """Given when another house runs on this database: each would call the other's log and files damaged."""

    text = Text(
        "このデータベースでは別の家が動いています（{host}、番号 {other}、{seconds}秒前に確認）。ここは {here}、番号 {mine} です。"
        "家を移したときは、あちらを止め、{lease}秒後にもう一度始めてください。"
        "別の家なら、MAMORI_DATABASE_URL を確かめてください。",
        "Another house runs on this database ({host}, id {other}, heard of {seconds} s ago). This is {here}, id {mine}. If "
        "you moved the house, stop that one and start here again after {lease} s; otherwise look at MAMORI_DATABASE_URL.",
    )


class BadHouseId(Refusal, code="house.bad-id", status=409):
    """Given when the file of the house's id is empty or something else: any two houses could look like one."""

    text = Text(
        "家の番号のファイル「{path}」が空か、壊れています。消して、もう一度始めてください。新しい番号ができます。",
        "The file of the house's id, “{path}”, is empty or damaged. Remove it and start again: a new id is made.",
    )


def known(home: Path) -> str:
    """Return the id of the house in this folder, "" before it first ran."""
    path = home / ID
    if not path.exists():
        return ""
    said = path.read_bytes().strip().decode("ascii", "replace")
    if not _HOUSE_ID.fullmatch(said):
        raise BadHouseId(path=str(path))
    return said


def identity(home: Path) -> str:
    """Return the random id of the house in this folder, made once; of two who make it at once, one does."""
    path = home / ID
    if not path.exists():
        new = home / f".{ID}.{os.getpid()}"
        with open(new, "w", encoding="ascii", opener=private.opened) as file:
            file.write(secrets.token_hex(16))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return known(home)


def claim() -> None:
    """Say in the database that this house runs on it."""
    mine = identity(Path(settings.HOME))
    if clocks.run_house(house=mine, host=socket.gethostname()):
        return
    other = facts.running_house()
    raise OtherHouse(
        host=other.host if other else "?",
        other=other.house if other else "?",
        seconds=int(other.ago.total_seconds()) if other else 0,
        here=socket.gethostname(),
        mine=mine,
        lease=int(clocks.LEASE.total_seconds()),
    )


def keep(lost: Callable[[Refusal], None]) -> None:
    """Go on saying so beside what this process does; `lost` hears when another house has come meanwhile, and all must end.

    A database that is away is waited for.
    """
    threading.Thread(target=_keep, args=(lost,), name="holding", daemon=True).start()


def _keep(lost: Callable[[Refusal], None]) -> None:
    while renewed(lost):
        time.sleep(EVERY)


def renewed(lost: Callable[[Refusal], None]) -> bool:
    """Say so once more; False when another house has come, or nobody can tell any more which this is."""
    try:
        claim()
    except (OtherHouse, BadHouseId) as refusal:
        log.critical("Another house runs on this database, or house.id is damaged: this house ends")
        lost(refusal)
        return False
    except (DatabaseError, InterfaceError, OSError) as error:
        log.warning("not said that the house runs: %s", type(error).__name__)
        connection.close()
    return True
