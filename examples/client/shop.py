"""A toy shop that speaks with Mamori over its API.  Python's standard library only; take what you need.

MAMORI_URL=http://127.0.0.1:8000 MAMORI_KEY=mmr_… MAMORI_LINK_KID=… MAMORI_LINK_SECRET=… python3 shop.py
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid


class Refused(Exception):
    """Mamori said no: `code` is stable, `detail` is a sentence, `errors` names single fields."""

    def __init__(self, status, problem, retry_after):
        super().__init__(f"{status} {problem.get('code')}: {problem.get('detail')}")
        self.status, self.code, self.errors = status, problem.get("code"), problem.get("errors", [])
        self.retry_after = int(retry_after or 0)


class Mamori:
    """The few calls that a marketplace needs."""

    def __init__(self, url, key, link_kid, link_secret, origin=None):
        self.url, self.key, self.link_kid, self.link_secret = url.rstrip("/"), key, link_kid, link_secret
        self.origin = origin or self.url  # the address that people see, where the API is called by another

    def tell(self, kind, ref, part="", **record):
        """Tell a seller, buyer, listing, order or review whole: what is left out is removed; the same again changes nothing.

        Of a seller `part` is "verification" or "contacts", which are told apart.
        """
        return self.call("PUT", self._place(kind, ref, part), record)

    def change(self, kind, ref, part="", **given):
        """Change what is given of it; None removes."""
        return self.call("PATCH", self._place(kind, ref, part), given)

    def _place(self, kind, ref, part):
        return f"/{kind}/{urllib.parse.quote(ref, safe='')}" + (f"/{part}" if part else "")

    def open_thread(self, buyer, **thread):
        """Report a trouble (order=…) or ask a question (listing=…) in the buyer's name."""
        return self.call("POST", "/threads", thread, party=f"buyer:{buyer}")

    def write(self, thread, party, said, sort):
        """Write in a thread: sort is message or unsolved for a buyer, answer or acknowledgement for a seller."""
        return self.call("POST", f"/threads/{thread}/messages", {"said": said, "sort": sort}, party=party)

    def thread(self, thread, party=""):
        """Read states and clocks; with a party also the words."""
        return self.call("GET", f"/threads/{thread}", party=party)

    def cases(self, **filters):
        """Yield every open case, page after page."""
        return self._pages("/cases", filters)

    def instructions(self, **filters):
        """Yield the instructions to be carried out; with state="recalled" those that were called back."""
        return self._pages("/instructions", filters)

    def _pages(self, path, filters):
        while True:
            page = self.call("GET", f"{path}?" + urllib.parse.urlencode(filters))
            yield from page["items"]
            if page["next"] is None:
                return
            filters["cursor"] = page["next"]

    def confirm(self, instruction, outcome, note="", tracking=""):
        """Say that an instruction was carried out (confirmed) or could not be (refused); for a label also its parcel's number."""
        said = {"outcome": outcome, "note": note, "tracking": tracking}
        return self.call("POST", f"/confirmations/{instruction}", said)

    def call(self, method, path, body=None, party=""):
        """Call once; what makes something is repeated under the same key until it is answered."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if party:
            headers["Mamori-Party"] = self.party_token(party)
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid.uuid4())
        raw = None if body is None else json.dumps(body).encode()
        for wait in (1, 2, 4, 8, 0):
            try:
                return self._once(method, path, raw, headers)
            except Refused as refused:
                if refused.status not in (429, 503) or not wait:
                    raise
                time.sleep(refused.retry_after or wait)
            except urllib.error.URLError:  # the connection broke: perhaps it was done, perhaps not
                if not wait:
                    raise
                time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, method, path, raw, headers):
        request = urllib.request.Request(self.url + "/api/v1" + path, raw, headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise Refused(error.code, json.loads(error.read()), error.headers.get("Retry-After")) from None

    def party_token(self, who):
        """Sign that this call is made for a buyer ("buyer:B-1") or a seller ("seller:S-1"), who is signed in at your shop."""
        return self._signed(who, "mamori/api", 300)

    def link(self, who, to="/"):
        """Return a link by which somebody who is signed in at your shop comes to Mamori's pages: once, within minutes."""
        return f"{self.url}/in/" + self._signed(who, self.origin, 300, to=to)

    def _signed(self, who, audience, seconds, **more):
        now = int(time.time())
        claims = {
            "sub": who,
            "aud": audience,
            "iat": now,
            "exp": now + seconds,
            "jti": str(uuid.uuid4()),
            **more,
        }
        head = {"alg": "HS256", "typ": "JWT", "kid": self.link_kid}
        text = ".".join(_b64(json.dumps(part).encode()) for part in (head, claims))
        mac = hmac.new(self.link_secret.encode(), text.encode(), hashlib.sha256).digest()
        return f"{text}.{_b64(mac)}"


CLEARED = {
    "show_listing": "hide_listing",
    "restore_listing": "remove_listing",
    "promote_listing": "demote_listing",
    "restore_review": "remove_review",
    "resume_seller": "suspend_seller",
    "reopen_seller": "close_seller",
    "allow_listings": "stop_listings",
    "release_payouts": "hold_payouts",
    "open_category": "close_category",
}
"""The measure that each of these undoes."""


class Switches:
    """What measures have set: one flag for each pair, target and detail.  In earnest tables, written with the work."""

    def __init__(self):
        self.on, self.answers, self.numbers = set(), {}, {}

    def carry_out(self, told):
        """Do what a webhook about a listing, review or seller asks, once, and return the outcome to confirm."""
        said, ref = told["data"], told["data"]["instruction"]
        if ref not in self.answers:
            flag = (CLEARED.get(said["what"], said["what"]), said["target_ref"], said["detail"])
            is_called_back = told["type"] == "market.instruction_recalled"
            if is_called_back or said["number"] < self.numbers.get(flag, 0):
                self.answers[ref] = "refused"
            else:
                self.numbers[flag] = said["number"]
                (self.on.discard if said["what"] in CLEARED else self.on.add)(flag)
                self.answers[ref] = "confirmed"
        return self.answers[ref]


class Books:
    """What becomes of each instruction about money, on disk before anything is paid: a worker that dies goes on from here."""

    def __init__(self, path):
        self.rows = sqlite3.connect(path, isolation_level=None, timeout=60)
        self.rows.execute("CREATE TABLE IF NOT EXISTS answers (instruction TEXT PRIMARY KEY, outcome TEXT)")

    def note(self, ref, outcome):
        """Note what is about to be done, unless something was noted before; return what holds."""
        self.rows.execute("INSERT OR IGNORE INTO answers VALUES (?, ?)", (ref, outcome))
        return self.rows.execute("SELECT outcome FROM answers WHERE instruction = ?", (ref,)).fetchone()[0]

    def refuse(self, ref):
        """Note that it is never done; return that."""
        self.rows.execute("INSERT OR REPLACE INTO answers VALUES (?, 'refused')", (ref,))
        return "refused"


def settle(books, till, told):
    """Do what an instruction about money asks, once, and return the outcome to confirm; None is no answer yet.

    `told` is an item of `instructions()`, or a webhook's data with "state": "issued", for market.instruction_recalled
    "recalled".  `till` is your payment provider: `pay` pays once under the instruction's id as its idempotency key and says
    whether it did, `paid` looks whether it has, `knows` whether the order is known.
    """
    ref = told["instruction"]
    if not till.knows(told["order_ref"]):
        return None  # an order that has not reached this program yet: nothing is answered, the instruction comes again
    if told["state"] == "recalled":
        if books.note(ref, "refused") == "confirmed" and not till.paid(ref):
            return books.refuse(ref)  # it was begun, and is stopped in time
    elif books.note(ref, "confirmed") == "confirmed" and not till.pay(ref, told):
        return books.refuse(ref)
    return books.note(ref, "refused")


def catch_up(mamori, books, till):
    """Settle all that has no answer: after each start and every few minutes, by one worker at a time."""
    for state in ("recalled", "issued"):
        for told in mamori.instructions(state=state):
            if told["target"] == "order" and (outcome := settle(books, till, told)):
                mamori.confirm(told["instruction"], outcome)


def _b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def is_genuine(secret, headers, body):
    """Say whether a webhook is Mamori's (Standard Webhooks): call it with the raw body, before anything is parsed."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    message, moment = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(moment)) > 300:
        return False
    mac = hmac.new(key, f"{message}.{moment}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(mac).decode()
    signatures = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(expected, given) for given in signatures)


def connected():
    """Return the house that the environment names."""
    names = ("MAMORI_URL", "MAMORI_KEY", "MAMORI_LINK_KID", "MAMORI_LINK_SECRET")
    return Mamori(*(os.environ[name] for name in names))


def main():
    """Connect: tell what the shop knows, and let a buyer report a trouble."""
    mamori = connected()
    print("seller  ", mamori.tell("sellers", "S-1", name="山の店")["change"])
    print("contacts", mamori.tell("sellers", "S-1", part="contacts", mail="seller@shop.example")["change"])
    print("buyer   ", mamori.tell("buyers", "B-1", name="買手一郎", mail="buyer@shop.example")["change"])
    print("listing ", mamori.tell("listings", "L-1", seller="S-1", name="茶碗", price=8000)["change"])
    items = [{"listing": "L-1", "price": 8000}]
    order = {"buyer": "B-1", "seller": "S-1", "amount": 8000, "ordered_at": "2026-11-02T10:00:00+09:00"}
    print("order   ", mamori.tell("orders", "O-1", **order, items=items)["change"])
    trouble = {
        "order": "O-1",
        "topic": "broken",
        "harm": "money",
        "said": "割れて届きました。",
        "centre_may_read": True,
    }
    try:
        thread = mamori.open_thread("B-1", **trouble)
    except Refused as refused:
        print("thread   refused:", refused.code, *refused.errors)
        return
    print("thread  ", thread["id"], "case", thread["case"], thread["trouble"]["state"])
    mamori.write(thread["id"], "seller:S-1", "代わりの品をお送りします。", "answer")
    seen = mamori.thread(thread["id"], party="buyer:B-1")
    print("answered", seen["state"], [message["said"] for message in seen["messages"]])
    print("without a party's token:", mamori.thread(thread["id"])["messages"])
    print("open    ", [case["number"] for case in mamori.cases(buyer="B-1")] == [thread["case"]])


if __name__ == "__main__":
    main()
