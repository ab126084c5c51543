"""A small marketplace that answers: it takes signed webhooks over real HTTP and says in a file what it did."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from mamori.site.demo.clerk import Clerk


class Shop:
    """Listens on a loopback port; what it is asked to do waits until `confirmations` does it."""

    def __init__(self) -> None:
        self.secret = ""
        self.seen: dict[str, dict[str, Any]] = {}
        self.refused = 0
        self.clerk = Clerk()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Shop:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Return where the webhooks go."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/hooks"

    def confirmations(self) -> list[str]:
        """Do what was asked so far, and return every answer as a line of the marketplace's export."""
        self.clerk.hear(list(self.seen.values()))
        answers = sorted(self.clerk.answers.items())
        lines = ({"kind": "confirmation", "instruction": ref, "outcome": outcome} for ref, outcome in answers)
        return [json.dumps(line) + "\n" for line in lines]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                try:
                    hook = Webhook(shop.secret).verify(body, {k.lower(): v for k, v in self.headers.items()})
                except WebhookVerificationError:
                    shop.refused += 1
                    self.send_response(401)
                else:
                    shop.seen.setdefault(self.headers["webhook-id"], hook)
                    self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        return Handler
