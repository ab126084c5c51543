"""Payouts: accounts told, payouts asked for and answered, runs and what banks returned."""

from __future__ import annotations

from mamori.doors.gateway.operation import MACHINE, Operation
from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.people.facts import Scope
from mamori.rooms.payouts.endpoints import payouts, runs
from mamori.rooms.payouts.endpoints.payouts import (
    AccountsShown,
    FileShown,
    PayoutShown,
    ReportShown,
    RunShown,
)

OWNER = frozenset({Role.SELLER})

PAYOUTS = (
    Operation(
        method="POST",
        path="/payouts/{ref}/authorize",
        handler=payouts.authorize_payout,
        text=Text(
            "売上金を支払ってよいか尋ねる（番号は、数字だけの20桁にはできない）",
            "Ask whether a payout may be made; its reference cannot be twenty digits alone",
        ),
        scope=Scope.PAYOUTS_WRITE,
        answers={200: PayoutShown},
        refuses=payouts.ASKING,
    ),
    Operation(
        method="GET",
        path="/payouts",
        handler=payouts.list_payouts,
        text=Text("支払いを一覧する", "List payouts"),
        scope=Scope.PAYOUTS_READ,
        roles=MACHINE | OWNER,
        answers={200: payouts.Payouts},
        refuses=payouts.LISTING,
    ),
    Operation(
        method="GET",
        path="/payouts/{ref}",
        handler=payouts.get_payout,
        text=Text("支払いへの答えを読む", "Read the answer on a payout"),
        scope=Scope.PAYOUTS_READ,
        roles=MACHINE | OWNER,
        answers={200: PayoutShown},
        refuses=payouts.READING,
        tagged=True,
    ),
    Operation(
        method="POST",
        path="/payouts/{ref}/result",
        handler=payouts.tell_payout,
        text=Text(
            "通販サイトが支払った結果を知らせる", "Tell what became of a payout that the marketplace made"
        ),
        scope=Scope.PAYOUTS_WRITE,
        answers={200: PayoutShown},
        refuses=payouts.TELLING,
    ),
    Operation(
        method="PUT",
        path="/payees/{seller}/account",
        handler=payouts.put_account,
        text=Text("売上金の振込先を伝える", "Tell the account for a seller's proceeds"),
        scope=Scope.PAYOUTS_WRITE,
        roles=MACHINE | OWNER,
        answers={200: AccountsShown},
        refuses=payouts.GIVING,
    ),
    Operation(
        method="GET",
        path="/payees/{seller}/account",
        handler=payouts.get_account,
        text=Text("売上金の振込先を読む（番号は伏せる）", "Read the account for a seller's proceeds, masked"),
        scope=Scope.PAYOUTS_READ,
        roles=MACHINE | OWNER,
        answers={200: AccountsShown},
        refuses=payouts.ACCOUNTS,
    ),
    Operation(
        method="POST",
        path="/payees/{seller}/account/check",
        handler=payouts.check_account,
        text=Text("銀行の口座確認の結果を知らせる", "Tell what the bank's check of an account came to"),
        scope=Scope.PAYOUTS_WRITE,
        answers={200: AccountsShown},
        refuses=payouts.ACCOUNTS,
    ),
    Operation(
        method="PUT",
        path="/payout-runs/{run}",
        handler=runs.begin_payout_run,
        text=Text("振込の作業を始める", "Begin a payout run"),
        scope=Scope.PAYOUTS_WRITE,
        answers={200: RunShown},
        refuses=runs.BEGINNING,
    ),
    Operation(
        method="POST",
        path="/payout-runs/{run}/lines",
        handler=runs.add_payout_lines,
        text=Text("振込の作業に行を加える", "Add lines to a payout run"),
        scope=Scope.PAYOUTS_WRITE,
        answers={200: RunShown},
        refuses=runs.TAKING,
    ),
    Operation(
        method="POST",
        path="/payout-runs/{run}/file",
        handler=runs.write_payout_file,
        text=Text("振込データを作る", "Write the file of a payout run"),
        scope=Scope.PAYOUTS_WRITE,
        answers={200: FileShown},
        refuses=runs.WRITING,
    ),
    Operation(
        method="POST",
        path="/payout-runs/{run}/call-off",
        handler=runs.call_off_payout_run,
        text=Text("振込データのない作業を取りやめる", "Call off a payout run that has no file"),
        scope=Scope.PAYOUTS_WRITE,
        answers={200: RunShown},
        refuses=runs.CALLING_OFF,
    ),
    Operation(
        method="GET",
        path="/payout-runs/{run}",
        handler=runs.get_payout_run,
        text=Text("振込の作業の行ごとの結果を読む", "Read how the lines of a payout run stand"),
        scope=Scope.PAYOUTS_READ,
        answers={200: ReportShown},
        refuses=runs.READING,
    ),
    Operation(
        method="POST",
        path="/payout-returns",
        handler=runs.tell_returns,
        text=Text("銀行から戻った振込を知らせる", "Tell what banks answered on transfers"),
        scope=Scope.PAYOUTS_WRITE,
        answers={200: runs.ReturnsTaken},
        refuses=(runs.TableNotGood,),
    ),
)
