"""Visits a demo as somebody at a terminal would: starts it, opens every address that it prints, comes in, finds work, closes it.

python -m tools.demo_visit .venv/bin/mamori demo --port 0
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

ADDRESS = re.compile(r"http://localhost:\d+/\S*")
KEY = re.compile(r"Authorization: Bearer (\S+?)\"")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = re.compile(r'<form method="post">')
SELLERS_WORK = {"/seller/": "デスクライト", "/seller/measures/": "L-0062", "/seller/payouts/": "128,000"}
WORK = {
    "buyer": {"/threads/": "珈琲豆", "/consents/": "O-001003", "/disclosure/requests/": "夕凪"},
    "seller": SELLERS_WORK,
    "delegate": SELLERS_WORK,
    "agent": {
        "/desk/": "O-000989",
        "/desk/complaints/": "モバイルバッテリー",
        "/desk/requests/": "見本製品安全局",
    },
    "lead": {
        "/desk/?kind=enforcement.finding": "S-0004",
        "/desk/disclosure/": "つばめ道具店",
        "/desk/announcements/": "年末年始の窓口",
    },
    "counsel": {
        "/desk/?kind=enforcement.appeal": "S-0002",
        "/desk/?kind=payouts.payout": "S-0002",
        "/desk/inquiries/": "見本警察署",
    },
    "reader": {"/desk/reading/": "開示請求", "/desk/insight/improvements/": "返金の案内"},
    "counsellor": {"/centres/consultations/": "相談 2"},
}
"""What waits behind each door: on which page, and a word by which it is known there."""
TOLD = re.compile(r"[0-9]件のうち[0-9]")
"""A figure of the public page that is told."""
SECONDS = 600
"""The story takes its time on a busy machine."""


def main() -> int:
    """Play, visit, close; return the demo's exit code, or 1 when an address did not answer."""
    demo = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)  # noqa: S603  # what we were told to
    timer = threading.Timer(SECONDS, demo.kill)
    timer.start()
    lines: list[str] = []
    try:
        assert demo.stdout is not None
        for line in demo.stdout:
            print(line, end="", flush=True)
            lines.append(line)
            if "house.log" in line:
                break
        found = dict.fromkeys(address for line in lines for address in ADDRESS.findall(line))
        wrong = [address for address in found if not visit(address, "\n".join(lines))]
        measures = _of(next(iter(found)), "/measures/")
        wrong += [] if TOLD.search(_open(build_opener(), measures)[1]) else [measures.full_url]
        demo.send_signal(signal.SIGINT)
        rest, _ = demo.communicate(timeout=60)
        print(rest, end="")
    finally:
        timer.cancel()
        demo.kill()
    if wrong or len(found) < 10:
        print(f"{len(found)} addresses; these did not answer: {wrong}", file=sys.stderr)
        return 1
    print(f"{len(found)} addresses answered; the demo ended with {demo.returncode}")
    return demo.returncode


def visit(address: str, told: str) -> bool:
    """Open an address and, where it shows the one button of a door, press it; say whether all answered 200 and named its work."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    key = KEY.search(told)
    headers = {"Authorization": f"Bearer {key[1]}"} if key and address.endswith("/cases") else {}
    status, body, at = _open(browser, Request(address, headers=headers))  # noqa: S310  # loopback
    print(f"  {status} {address}", flush=True)
    token = TOKEN.search(body)
    if status != 200 or "/demo/" not in address or not FORM.search(body) or token is None:
        return status == 200
    sent = urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    status, _, came = _open(browser, Request(at, data=sent, headers={"Referer": at}))  # noqa: S310  # loopback
    print(f"  {status} {came}", flush=True)
    pages = WORK[address.rstrip("/").rpartition("/")[2]]
    lacks = [page for page, word in pages.items() if word not in _open(browser, _of(address, page))[1]]
    print(f"  {'no work' if lacks else 'work'} on {', '.join(lacks or pages)}", flush=True)
    return status == 200 and "/demo/" not in came and "/in/" not in came and not lacks


def _of(address: str, page: str) -> Request:
    return Request(urljoin(address, page))  # noqa: S310  # loopback


def _open(browser: OpenerDirector, request: Request) -> tuple[int, str, str]:
    try:
        with browser.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode("utf-8", "replace"), answer.url
    except OSError as error:
        return getattr(error, "code", 0) or 0, str(error), request.full_url


if __name__ == "__main__":
    sys.exit(main())
