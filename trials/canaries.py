"""Does anything that people told us lie readable on the disk?  Planted words are looked for in six encodings, everywhere."""

from __future__ import annotations

import base64
import io
import json
import logging
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client
from PIL import Image, PngImagePlugin

from mamori.grammar.actor import Role
from mamori.ground.cases import actions as cases
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ContactsLine, ListingLine, OrderLine, SellerLine
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.seal.models import SubjectKey
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Upload
from mamori.law.grounds import SUIT, WARRANT
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site import logs, work
from trials.harness import Found, actor, measured
from trials.scratch import Cluster, loaded, scratch

MARK = "鶯谷サクマ"
LETTERS = "qzxcanary"
NOW = datetime.now(UTC)
PEOPLE = 22
LEAST = 500


class Birds:
    """Hands out canaries, each once, and remembers them: Japanese words, addresses and numbers."""

    def __init__(self) -> None:
        self.values: list[str] = []

    def word(self) -> str:
        return self._kept(f"{MARK}{secrets.token_hex(4)}")

    def mail(self) -> str:
        return self._kept(f"{LETTERS}{secrets.token_hex(4)}@example.jp")

    def phone(self) -> str:
        return self._kept(f"0904417{secrets.randbelow(10_000):04d}")

    def _kept(self, value: str) -> str:
        self.values.append(value)
        return value


def play(many: int) -> dict[str, list[str]]:
    """Play everything with so many people; return what was planted, and the wrapped keys of those shredded."""
    logs.catch()
    birds = Birds()
    _tell_the_market(birds, many)
    troubles = [_quarrel(birds, number) for number in range(many)]
    _help(birds, troubles)
    _by_api(birds)
    shredded = _forget()
    _work(birds)
    return {"values": birds.values, "shredded": shredded}


def _actor(by: str, minutes: int = 0) -> Any:
    return actor(NOW + timedelta(minutes=minutes), by)


def _tell_the_market(birds: Birds, many: int) -> None:
    machine = _actor("machine:bench")
    for number in range(many):
        buyer, seller = f"B-{number}", f"S-{number}"
        words: Any = {name: birds.word() for name in ("address", "person", "hours", "returns_to")}
        told = {"mail": birds.mail(), "phone": birds.phone()}
        market.put_buyer(machine, BuyerLine(ref=buyer, name=birds.word(), address=birds.word(), **told))
        market.put_seller(machine, SellerLine(ref=seller, name=birds.word()))
        reached = ContactsLine(ref=seller, mail=birds.mail(), phone=birds.phone(), **words)
        market.put_contacts(machine, reached)
        market.put_listing(machine, ListingLine(ref=f"L-{number}", seller=seller, name="皿", price=900))
        order = OrderLine(ref=f"O-{number}", buyer=buyer, seller=seller, amount=900, ordered_at=NOW)
        market.put_order(machine, order)
        market.put_buyer(machine, BuyerLine(ref=buyer, name=birds.word(), mail=birds.mail()))


def _quarrel(birds: Birds, number: int) -> int:
    buyer, seller = _actor(f"buyer:B-{number}", 1), _actor(f"seller:S-{number}", 2)
    what: dict[str, Any] = {"topic": Topic.BROKEN, "harm": Harm.MONEY, "centre_may_read": True}
    trouble = contact.open_trouble(buyer, order_ref=f"O-{number}", said=birds.word(), **what)
    found = facts.trouble(trouble)
    assert found is not None
    contact.acknowledge(seller, thread=found.thread, said=birds.word())
    contact.answer(seller, thread=found.thread, said=birds.word())
    contact.write(buyer, thread=found.thread, said=birds.word())
    for by in (buyer, seller):
        _attach(birds, by, found.thread)
    contact.share(seller, thread=found.thread)
    contact.say_unsolved(buyer, trouble=trouble, said=birds.word()) if number % 2 else None
    return trouble


def _attach(birds: Birds, by: Any, thread: int) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", birds.word().encode().decode("latin-1"))
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(picture, "PNG", pnginfo=info)
    uploads = [
        Upload(name=f"{birds.word()}.txt", content=f"{birds.word()}\n{birds.mail()}".encode()),
        Upload(name=f"{birds.word()}.png", content=picture.getvalue()),
    ]
    with contact.ready_files(by, uploads) as ready:
        contact.attach(by, thread=thread, ready=ready)


def _help(birds: Birds, troubles: list[int]) -> None:
    lead = _actor("lead:1", 5)
    for trouble in troubles[:8]:
        found = facts.trouble(trouble)
        assert found is not None
        contact.look(lead, thread=found.thread, ground=WARRANT, reason=birds.word())
        contact.see_contact(lead, thread=found.thread, whose=Role.BUYER, reason=birds.word())
        cases.note(lead, about=f"contact.trouble:{trouble}", text=birds.word())
        if not found.mediation_state:
            contact.request_mediation(_actor(f"buyer:{found.buyer_ref}", 6), trouble=trouble)
        cases.take(lead, about=f"contact.trouble:{trouble}")
    vault.hold(lead, what="seller:S-3", ground=SUIT, reason=birds.word())


def _by_api(birds: Birds) -> None:
    """Tell the same kinds of thing by HTTP, as the marketplace's software does; some of it wrong."""
    scopes = [scope for scope in Scope if scope is not Scope.LINKS_SIGN]
    token = people.add_key(_actor("machine:bench"), name="shop", scopes=scopes).secret
    headers = {"Host": "localhost", "Authorization": f"Bearer {token}"}
    client, kind = Client(raise_request_exception=False, headers=headers), "application/json"
    for number in range(20):
        told = {"name": birds.word(), "mail": birds.mail(), "phone": birds.phone()}
        taken = client.put(f"/api/v1/buyers/A-{number}", json.dumps(told), content_type=kind)
        assert taken.status_code == 201, taken.status_code
        wrong = {"person": birds.word(), "mail": [birds.mail()], "hours": {"a": birds.word()}}
        client.put(f"/api/v1/sellers/A-{number}/contacts", json.dumps(wrong), content_type=kind)
        line = {"kind": "buyer", "ref": f"E-{number}", "name": birds.word(), "phone": 7, "mail": birds.mail()}
        client.post("/api/v1/events", json.dumps(line), content_type="application/x-ndjson")
        said, once = json.dumps({"said": birds.word()}), {"Idempotency-Key": uuid.uuid4().hex}
        client.post("/api/v1/threads", said, content_type=kind, headers=once)


def _forget() -> list[str]:
    """Shred two people and return the wrapped keys that must be nowhere any more, in hexadecimal."""
    gone = []
    for subject in ("buyer:B-1", "seller:S-1"):
        row = SubjectKey.objects.get(subject=subject, shredded_at=None)
        gone.append(bytes(row.wrapped or b"").hex())
        ledger.shred(_actor("lead:1", 9), subject=subject, reason="求めによる")
    return gone


def _work(birds: Birds) -> None:
    """Let the worker go round, and let something go wrong over somebody's words."""
    work.settle(at=NOW + timedelta(hours=1))
    try:
        raise ValueError(birds.word())
    except ValueError:
        logging.getLogger("mamori.site").exception("a fault over %s", birds.word())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def encodings(value: str) -> dict[str, list[bytes]]:
    """Return every way in which the value might stand in a file, by encoding; base64 at each of its three offsets."""
    plain = value.encode()
    coded = [base64.b64encode(b"\0" * offset + plain) for offset in range(3)]
    middles = [one[-(-offset * 4 // 3) + (offset > 0) : -4] for offset, one in enumerate(coded)]
    percent, escaped = quote(value, safe="@").encode(), json.dumps(value).encode()[1:-1]
    return {
        "utf-8": [plain],
        "utf-16le": [value.encode("utf-16le")],
        "base64": [*middles, *(m.replace(b"+", b"-").replace(b"/", b"_") for m in middles)],
        "hex": [plain.hex().encode(), plain.hex().upper().encode()],
        "percent": [percent, percent.replace(b"%", b"="), percent.lower()],
        "json": [escaped, escaped.upper().replace(b"\\U", b"\\u")],
    }


def forms_of(values: list[str]) -> Iterator[bytes]:
    """Yield every way in which any of the values might stand in a file."""
    yield from (form for value in values for forms in encodings(value).values() for form in forms)


@measured(
    "預けられた言葉が、どこかに読める形で残っていないかを探す",
    "look for people's words, readable anywhere on the disk",
)
def measure(*, engine: str, people: int = PEOPLE) -> Found:
    """Let people come and go in a house that is thrown away, and search everything that it left."""
    with tempfile.TemporaryDirectory(prefix="mamori-canaries.") as room, scratch(engine) as (env, cluster):
        temp = Path(room) / "tmp"
        temp.mkdir()
        home = Path(env["MAMORI_HOME"])
        words = loaded("-m", "trials.harness", "trials.canaries:play", json.dumps({"many": people}))
        with (home / "output").open("wb") as output:
            where = {**env, "TMPDIR": str(temp)}
            said = subprocess.run(words, env=where, check=True, stdout=subprocess.PIPE, stderr=output).stdout  # noqa: S603
            *lines, last = said.splitlines()
            output.write(b"\n".join(lines))
        planted = json.loads(last)
        _dump(env, cluster, home)
        assert (home / "output").stat().st_size > 0, "the story's faults should have been logged"
        places = [home, temp, *([cluster.folder] if cluster else [])]
        found, files = _search(places, {*forms_of(planted["values"])})
        left = _left(home, planted["shredded"]) if not cluster else 0
        plants, noticed = _planted(home, planted["values"][0])
    least, canaries = LEAST * people // PEOPLE, len(set(planted["values"]))
    return Found(
        {
            f"{least} words or more, six encodings": canaries >= least and len(encodings("x")) == 6,
            "none of them lies readable": not found,
            "no shredded key is left": left == 0,
            "what was planted in plain is found": noticed == plants > 6,
        },
        canaries=canaries,
        files=files,
        found=sorted(found)[:20],
        shredded_keys_left=left,
        planted=(plants, noticed),
    )


def _dump(env: dict[str, str], cluster: Cluster | None, home: Path) -> None:
    """Write the whole database as text, so that nothing hides in a compressed page."""
    place = home / "dump.sql"
    if cluster is None:
        with place.open("w", encoding="utf-8") as file, sqlite3.connect(home / "mamori.sqlite3") as database:
            for line in database.iterdump():
                file.write(line + "\n")
        return
    program = shutil.which("pg_dump") or str(sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[-1])
    with place.open("wb") as output:
        done = [program, "--dbname", env["MAMORI_DATABASE_URL"], "--inserts"]
        subprocess.run(done, check=True, stdout=output)  # noqa: S603


def _search(places: list[Path], needles: set[bytes]) -> tuple[set[str], int]:
    """Look for the marks that all canaries carry in every file, and for every needle in what is ours."""
    marks = {form for form in forms_of([MARK, LETTERS, "0904417"]) if len(form) >= 7}
    found, files = set(), 0
    every = (path for place in places for path in place.rglob("*"))
    for path in (path for path in every if path.is_file() and not path.is_symlink()):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        files += 1
        for needle in marks | (needles if "data" not in path.parts else set()):
            if (at := content.find(needle)) >= 0:
                found.add(f"{path.name}: …{content[max(at - 60, 0) : at + 60]!r}")
                break
    return found, files


def _left(home: Path, keys: list[str]) -> int:
    """Count the shredded keys whose wrapped bytes still stand in a file of the database."""
    contents = [path.read_bytes() for path in home.glob("mamori.sqlite3*")]
    return sum(any(bytes.fromhex(key) in content for content in contents) for key in keys)


def _planted(home: Path, value: str) -> tuple[int, int]:
    """Plant the value in a plain column and in a file in each encoding; return how many plants, and how many are found."""
    every = [*forms_of([value])]
    for number, form in enumerate(every):
        place = home / "planted" / f"{number}"
        place.mkdir(parents=True)
        (place / "plant").write_bytes(b"\x00\xff" * 40 + form + b"\xff" * 9)
    (last := home / "planted" / "last").mkdir()
    with sqlite3.connect(last / "plain.sqlite3") as database:
        database.execute("CREATE TABLE market_buyer (ref TEXT, name TEXT)")
        database.execute("INSERT INTO market_buyer VALUES ('B-1', ?)", [f"様: {value}"])
    places = [*(home / "planted").iterdir()]
    return len(places), sum(bool(_search([place], {*every})[0]) for place in places)
