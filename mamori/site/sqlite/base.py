"""The gate backend: a writer takes `flock` on `<database>.gate` before BEGIN: the kernel keeps the line.

SQLite's own busy handler polls and sleeps, which starves whoever is unlucky (worst wait of seconds).  The
kernel serves in turn and lets go of a killed holder's lock by itself.  Single statements in autocommit do not
pass the gate; databases in memory have none.  Not for network disks.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base, operations

from mamori.site import private
from mamori.site.bounded import bounded


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend with the gate in front of every explicit transaction."""

    ops_class = bounded(operations.DatabaseOperations)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._gate: int | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the database; its folder and its file are made first, for their owner only."""
        if not self.is_in_memory_db() and not str(conn_params["database"]).startswith("file:"):
            path = Path(conn_params["database"])
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                private.make(path)
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_gate()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # private: pinned by a test
        except BaseException:
            self._leave_gate()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave_gate()  # a commit that fails keeps the turn until its rollback

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _enter_gate(self) -> None:
        if self.is_in_memory_db() or self._gate is not None:
            return
        gate = os.open(self._gate_path(), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
        except BaseException:
            os.close(gate)
            raise
        self._gate = gate

    def _leave_gate(self) -> None:
        if self._gate is not None:
            gate, self._gate = self._gate, None
            os.close(gate)  # closing lets go: the descriptor is this transaction's own

    def _gate_path(self) -> str:
        # SQLite itself knows the file behind a relative name or a file: address.
        return f"{self.connection.execute('PRAGMA database_list').fetchone()[2]}.gate"
