"""A page of a small shop with `<mamori-help>` on it: Python's standard library, nothing of ours.

    python serve.py --house https://mamori.example.jp --listing L-0001 --seller S-0001

The page allows itself nothing but its own style sheet and the house: no inline script or style, no other origin.
"""

from __future__ import annotations

import argparse
import html
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src {house}; connect-src {house}; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""What a shop has to allow: the script of the house, and to ask it for a seller's display."""


def page(house: str, *, listing: str, seller: str, name: str, price: int, lang: str = "ja") -> str:
    """Return the page of one thing for sale."""
    text = Template((HERE / "product.html").read_text("utf-8"))
    told = {
        "house": house,
        "listing": listing,
        "seller": seller,
        "name": name,
        "price": f"{price:,}",
        "lang": lang,
    }
    return text.substitute({key: html.escape(value) for key, value in told.items()})


def serve(house: str, port: int, **goods: str | int) -> ThreadingHTTPServer:
    """Return a server of the page at a loopback port; 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/shop.css":
                self._give((HERE / "shop.css").read_text("utf-8"), "text/css")
            elif asked.path == "/":
                lang = {"lang=en": "en", "lang=zh": "zh"}.get(asked.query, "ja")
                self._give(page(house, **goods, lang=lang), "text/html")  # type: ignore[arg-type]
            else:
                self.send_error(404)

        def _give(self, text: str, kind: str) -> None:
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY.format(house=house))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> None:
    """Serve until it is ended."""
    asks = argparse.ArgumentParser(description="A page of a small shop with <mamori-help> on it.")
    asks.add_argument("--house", required=True, help="origin of the house, such as https://mamori.example.jp")
    asks.add_argument("--port", type=int, default=8100)
    asks.add_argument("--listing", default="L-0001")
    asks.add_argument("--seller", default="S-0001")
    asks.add_argument("--name", default="電気ケトル 1.0L 白")
    asks.add_argument("--price", type=int, default=4980)
    told = asks.parse_args()
    goods = {"listing": told.listing, "seller": told.seller, "name": told.name, "price": told.price}
    with serve(told.house.rstrip("/"), told.port, **goods) as server:
        print(f"http://localhost:{server.server_address[1]}/", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


if __name__ == "__main__":
    main()
