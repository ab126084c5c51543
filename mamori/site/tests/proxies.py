"""The proxy files of `deploy/`, started as they are shipped but for what they call yours, at ports that are free."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

DEPLOY = Path(__file__).parents[3] / "deploy"
NAMES = ("caddy", "nginx")
ALL_OF_NGINX = """
daemon off;
{user}
pid {room}/nginx.pid;
error_log {room}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {room}/body;
    proxy_temp_path {room}/proxy;
    fastcgi_temp_path {room}/fastcgi;
    uwsgi_temp_path {room}/uwsgi;
    scgi_temp_path {room}/scgi;
    include {room}/mamori.conf;
}}
"""


@contextmanager
def proxy(name: str, upstream: int, room: Path) -> Iterator[int]:
    """Start a proxy before the house at `upstream`, and give its port."""
    port = _free_port()
    words, env = (_caddy if name == "caddy" else _nginx)(port, upstream, room)
    with (room / "said").open("wb") as said:
        running = subprocess.Popen(words, env={**os.environ, **env}, stdout=said, stderr=said)
    try:
        _wait_for(port, running, room / "said")
        yield port
    finally:
        running.terminate()
        running.wait(60)


def connection(name: str, port: int) -> HTTPConnection:
    """Open a connection to a proxy; that of nginx speaks TLS with a certificate that nobody vouches for."""
    if name == "caddy":
        return HTTPConnection("127.0.0.1", port, timeout=60)
    return HTTPSConnection("127.0.0.1", port, timeout=60, context=ssl._create_unverified_context())


def _caddy(port: int, upstream: int, room: Path) -> tuple[list[str], dict[str, str]]:
    words = ["caddy", "run", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
    yours = {"MAMORI_SITE": f"http://localhost:{port}", "MAMORI_UPSTREAM": f"127.0.0.1:{upstream}"}
    own = {"HOME": str(room), "XDG_DATA_HOME": str(room), "XDG_CONFIG_HOME": str(room)}
    return words, {**yours, **own, "CADDY_ADMIN": f"unix/{room}/admin.sock"}


def _nginx(port: int, upstream: int, room: Path) -> tuple[list[str], dict[str, str]]:
    certificate, key = room / "certificate.pem", room / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=house.example.jp"]
    words += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(words, check=True, capture_output=True)
    shipped = (DEPLOY / "nginx.conf").read_text("utf-8")
    for ours, yours in (
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("/etc/letsencrypt/live/house.example.jp/fullchain.pem", str(certificate)),
        ("/etc/letsencrypt/live/house.example.jp/privkey.pem", str(key)),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("listen 80;", f"listen 127.0.0.1:{_free_port()};"),
        ("    listen [::]:443 ssl;\n", ""),
        ("    listen [::]:80;\n", ""),
    ):
        assert ours in shipped
        shipped = shipped.replace(ours, yours)
    (room / "mamori.conf").write_text(shipped, "utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    (room / "nginx.conf").write_text(ALL_OF_NGINX.format(room=room, user=user), "utf-8")
    path = f"{os.environ['PATH']}:/usr/sbin"
    return ["nginx", "-c", str(room / "nginx.conf")], {"PATH": path}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as asked:
        return int(asked.getsockname()[1])


def _wait_for(port: int, running: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(600):
        assert running.poll() is None, said.read_text()
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(said.read_text())
