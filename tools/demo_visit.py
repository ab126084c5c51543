"""Visits a demo as somebody at a terminal would: starts it, opens every address that it prints, comes in, and closes it.

python -m tools.demo_visit .venv/bin/mamori demo --port 0
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

ADDRESS = re.compile(r"http://localhost:\d+/\S*")
KEY = re.compile(r"Authorization: Bearer (\S+?)\"")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = re.compile(r'<form method="post">')
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
    """Open an address and, where it shows the one button of a door, press it; say whether all of it answered 200."""
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
    return status == 200 and "/demo/" not in came and "/in/" not in came


def _open(browser: OpenerDirector, request: Request) -> tuple[int, str, str]:
    try:
        with browser.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode("utf-8", "replace"), answer.url
    except OSError as error:
        return getattr(error, "code", 0) or 0, str(error), request.full_url


if __name__ == "__main__":
    sys.exit(main())
