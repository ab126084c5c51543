"""The receiver in docs/how-to/receive-webhooks.md takes our webhooks, once each, and refuses forged ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mamori.ground.outbox.delivering import Parcel, send
from tests.ports import free_port

PAGE = Path(__file__).parents[4] / "docs/how-to/receive-webhooks.md"
SECRET = "whsec_" + "c2VjcmV0" * 4


@pytest.mark.processes
def test_the_documented_receiver_works(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    (tmp_path / "receive.py").write_text(code[1], encoding="utf-8")
    port = free_port()
    shop = subprocess.Popen(
        [sys.executable, "receive.py", str(port)],
        cwd=tmp_path,
        env={**os.environ, "MAMORI_WEBHOOK_SECRET": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def post(secret: str) -> int | None:
        body = b'{"type":"test.lamp_lit","data":{"lamp":1}}'
        parcel = Parcel(
            delivery=1,
            attempt=1,
            message="msg_1",
            url=f"http://127.0.0.1:{port}/",
            body=body,
            secrets=(secret,),
        )
        return send(parcel, signed_at=datetime.now(UTC), private=True).status

    try:
        for _ in range(1_000):
            if (first := post(SECRET)) is not None:
                break
            time.sleep(0.1)
        again, forged, rotated = post(SECRET), post("whsec_" + "Zm9yZ2Vk" * 4), post(SECRET)
    finally:
        shop.kill()
    printed, _ = shop.communicate()

    assert (first, again, forged, rotated) == (204, 204, 401, 204)
    assert printed == "test.lamp_lit {'lamp': 1}\n"
