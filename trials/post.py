"""Is any mail lost, or sent under two ids, while workers are killed, and how many does one send a second?

Counted outside, by a server on the loopback that keeps what it acknowledged; it greets late, as servers behind TLS do.
"""

from __future__ import annotations

import os
import random
import re
import socketserver
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import override

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, loaded, python, scratch
from trials.verdict import told

TITLE = Text("メールを失わず、名を変えない", "no mail lost, none under two ids, under kill -9")
GREETING = 0.02
"""Seconds until the server greets: about what a TLS handshake costs within a country."""
THINKING = 0.025
"""Seconds a server takes for a mail while workers are killed, so that kills fall while something is under way."""
LEAST = 100
"""Mails that one worker must send in a second of a processor's time: what else the machine does is not counted."""
PROGRAM = ("-m", "trials.postmen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What the kills and the planted faults did."""

    engine: str
    seed: int
    mails: int
    kills: int
    handed_over: int
    repeated: int
    lost: int
    renamed: int
    altered: int
    a_second: int
    a_processor_second: int
    early_lost: int
    renamed_found: int
    a_connection: int
    reconnecting_a_connection: int
    seconds: int


@dataclass(slots=True)
class Sink:
    """A mail server that keeps, of each mail, its id, its reader and a digest of its bytes."""

    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    contents: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    count: int = 0
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    thinking: float = 0.0

    def take(self, to: str, content: bytes) -> None:
        """Keep a mail, before it is acknowledged."""
        found = re.search(rb"^Message-ID: (\S+)", content, re.MULTILINE | re.IGNORECASE)
        name = found[1].decode() if found else ""
        with self.lock:
            self.count += 1
            self.ids[to].add(name)
            self.contents[name].add(sha256(content).digest())

    def grows_beyond(self, count: int, *, within: float) -> bool:
        """Wait until more than `count` mails have come, at most so many seconds; say whether they have."""
        end = time.monotonic() + within
        while self.count <= count and time.monotonic() < end:
            time.sleep(0.002)
        return self.count > count

    @contextmanager
    def open(self) -> Iterator[str]:
        """Listen on the loopback and yield the address."""
        sink = self

        class Door(socketserver.StreamRequestHandler):
            @override
            def handle(self) -> None:
                with sink.lock:
                    sink.connections += 1
                _converse(self, sink)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 64

        with Server(("127.0.0.1", 0), Door) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"smtp://127.0.0.1:{server.server_address[1]}"
            server.shutdown()


def _converse(door: socketserver.StreamRequestHandler, sink: Sink) -> None:
    """Speak SMTP with one client until it leaves or dies."""
    time.sleep(GREETING)
    to = ""
    try:
        door.wfile.write(b"220 sink\r\n")
        while line := door.rfile.readline():
            word = line[:4].upper()
            answer = b"250 ok"
            if word == b"RCPT":
                to = line.decode(errors="replace").partition("<")[2].partition(">")[0]
            elif word == b"DATA":
                door.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := door.rfile.readline()) != b".\r\n":
                    if not part.endswith(b"\n"):
                        return  # the sender was killed in the middle of its sentence
                    lines.append(part)
                time.sleep(sink.thinking)
                sink.take(to, b"".join(lines))
                answer = b"250 taken"
            elif word == b"QUIT":
                return
            door.wfile.write(answer + b"\r\n")
    except OSError:  # a client that was killed
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What came of one run."""

    sink: Sink
    mails: int
    kills: int
    a_second: float
    a_processor_second: float

    @property
    def lost(self) -> int:
        """Count readers who got nothing."""
        return self.mails - len(self.sink.ids)

    @property
    def renamed(self) -> int:
        """Count readers who got the same notice under more than one id."""
        return sum(len(ids) > 1 for ids in self.sink.ids.values())

    @property
    def altered(self) -> int:
        """Count ids that came with different bytes."""
        return sum(len(contents) > 1 for contents in self.sink.contents.values())


def play(
    *, engine: str, mails: int, kills: int, dice: random.Random, workers: int = 2, fault: str = ""
) -> Count:
    """Send `mails` while workers are killed `kills` times, then let one send the rest."""
    sink = Sink(thinking=THINKING if kills else 0.0)
    with scratch(engine) as (env, _), sink.open() as url:
        env |= {"MAMORI_MAIL": url, "MAMORI_MAIL_FROM": "Centre <centre@market.example>"}
        subprocess.run(loaded(*PROGRAM, "fill", str(mails)), env=env, check=True)  # noqa: S603
        done = 0
        running = {name: _start(env, fault) for name in range(workers)}
        began, first, used = time.monotonic(), sink.count, _used(running.values())
        try:
            while done < kills:
                before = sink.count
                if not sink.grows_beyond(before, within=10 if done else 120):
                    break  # all is sent: a kill would try nothing
                time.sleep(dice.uniform(0.0, 0.15))
                name = dice.choice(list(running))
                running.pop(name).kill()
                done += 1
                running[name] = _start(env, fault)
            if not kills:
                sink.grows_beyond(mails - 1, within=600)
            seconds, used = time.monotonic() - began, _used(running.values()) - used
        finally:
            for process in running.values():
                process.kill() if kills else process.terminate()
                process.wait()
        sent = sink.count - first
        subprocess.run(loaded(*PROGRAM, "drain", fault), env=env, check=True)  # noqa: S603
    return Count(
        sink=sink,
        mails=mails,
        kills=done,
        a_second=sent / seconds,
        a_processor_second=sent / used if used > 0 else 0.0,  # of killed workers the system tells nothing
    )


def _start(env: dict[str, str], fault: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(  # noqa: S603
        python(*PROGRAM, "work", fault), env=env, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    process.stdout.readline()
    return process


def _used(processes: Iterable[subprocess.Popen[str]]) -> float:
    """Return the processor's seconds that processes have taken so far."""
    ticks = 0
    for process in processes:
        words = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(*, engine: str, mails: int, kills: int, seed: int) -> Posted:
    """Run the kills, the rate, and each planted fault."""
    dice, began = random.Random(seed), time.monotonic()  # noqa: S311
    run = play(engine=engine, mails=mails, kills=kills, dice=dice)
    quiet = play(engine=engine, mails=max(200, mails // 2), kills=0, dice=dice, workers=1)
    few, some = max(400, mails // 4), max(4, kills // 4)
    early = play(engine=engine, mails=few, kills=some, dice=dice, fault="early")
    renamed = play(engine=engine, mails=few, kills=some, dice=dice, fault="renamed")
    slow = play(engine=engine, mails=200, kills=0, dice=dice, workers=1, fault="reconnecting")
    return Posted(
        engine=engine,
        seed=seed,
        mails=mails,
        kills=run.kills,
        handed_over=run.sink.count,
        repeated=run.sink.count - len(run.sink.contents),
        lost=run.lost,
        renamed=run.renamed,
        altered=run.altered,
        a_second=round(quiet.a_second),
        a_processor_second=round(quiet.a_processor_second),
        early_lost=early.lost,
        renamed_found=renamed.renamed,
        a_connection=quiet.sink.count // quiet.sink.connections,
        reconnecting_a_connection=slow.sink.count // slow.sink.connections,
        seconds=round(time.monotonic() - began),
    )


@click.command(name="post", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--mails", type=click.IntRange(200), default=2_000, help=say("通数", "how many mails"))
@click.option("--kills", type=click.IntRange(1), default=20, help=say("殺す回数", "how many kills"))
@click.option("--seed", type=int, default=None, help=say("乱数の種", "seed; without one it is drawn"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, mails: int, kills: int, seed: int | None, as_json: bool) -> None:
    """Run it; exit with 1 when a mail is lost or renamed, one worker is too slow, or a planted fault goes unseen."""
    seed = random.SystemRandom().randrange(10**9) if seed is None else seed
    click.echo(f"seed {seed}", err=True)
    found = measure(engine=engine, mails=mails, kills=kills, seed=seed)
    promises = {
        say("指定の回数を殺した", "as many kills as asked for"): found.kills == kills,
        say("失われたメール0", "0 mails lost"): found.lost == 0,
        say("二つのIDで届いたメール0", "0 mails under two ids"): found.renamed == 0,
        say("繰り返しは同じ中身", "what came again was the same to the byte"): found.altered == 0,
        say(
            f"プロセッサ時間1秒に{LEAST}通以上", f"at least {LEAST} mails a processor's second"
        ): found.a_processor_second >= LEAST,
        say(
            "仕込んだ誤り(先に印)を見つけた", "planted fault caught: ticked before it was sent"
        ): found.early_lost > 0,
        say(
            "仕込んだ誤り(毎回違うID)を見つけた", "planted fault caught: another id at each try"
        ): found.renamed_found > 0,
        say("1本の接続で20通以上", "at least 20 mails a connection"): found.a_connection >= 20,
        say(
            "仕込んだ誤り(毎回つなぎ直す)を見つけた", "planted fault caught: a connection for each mail"
        ): found.reconnecting_a_connection < 20,
    }
    told(TITLE, found, promises, as_json=as_json)
