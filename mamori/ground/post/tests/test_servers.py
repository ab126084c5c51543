"""Real servers: TLS that is proved, sign-in that is refused, addresses in Japanese, Django's own mails."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings
from pytest_django.fixtures import Settings

from mamori.ground.market import actions as market
from mamori.ground.market.lines import BuyerLine
from mamori.ground.post import actions, facts
from mamori.ground.post.carrying import NotTaken
from mamori.ground.post.tending import AddressUnusable, MailNotSet
from mamori.ground.post.tests.conftest import MACHINE, NOON, MailServer, tell
from tests.ports import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("readers")]
SENDER = "ご相談の窓口 <centre@market.example>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for “localhost” that nobody but its file vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def may_enter(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"hana", b"right"), handled=False)


def running(kept: MailServer, **options: Any) -> Controller:
    kept.port = free_port()
    control = Controller(kept, hostname="localhost", port=kept.port, **options)
    control.start()
    return control


@pytest.fixture
def closed(certificate: Path) -> Iterator[MailServer]:
    """Run a server that takes mail only after STARTTLS and sign-in."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    kept = MailServer()
    control = running(
        kept, tls_context=context, require_starttls=True, auth_required=True, authenticator=may_enter
    )
    yield kept
    control.stop()


def test_mail_goes_through_a_closed_way_to_a_server_that_knows_us(
    closed: MailServer, certificate: Path, settings: Settings
) -> None:
    settings.MAMORI_MAIL_FROM = SENDER
    settings.MAMORI_MAIL = f"smtp://hana:right@localhost:{closed.port}?tls=starttls&ca={certificate}"
    tell()

    assert actions.deliver(at=NOON) == 1
    assert len(closed.taken) == 1


@pytest.mark.parametrize(
    ("user", "ca", "said"),
    [("hana:wrong@", True, "535"), ("hana:right@", False, "CERTIFICATE_VERIFY_FAILED")],
)
def test_a_wrong_password_or_certificate_is_our_fault_and_no_mails(
    closed: MailServer, certificate: Path, settings: Settings, user: str, ca: bool, said: str
) -> None:
    settings.MAMORI_MAIL_FROM = SENDER
    tail = f"&ca={certificate}" if ca else ""
    settings.MAMORI_MAIL = f"smtp://{user}localhost:{closed.port}?tls=starttls{tail}"
    tell()

    actions.deliver(at=NOON)

    assert closed.taken == []
    assert facts.stuck() == ()
    assert said in facts.relay().error


def test_a_server_that_offers_no_tls_gets_no_mail_when_tls_is_wanted(
    server: MailServer, settings: Settings
) -> None:
    settings.MAMORI_MAIL_FROM = SENDER
    settings.MAMORI_MAIL = f"smtp://127.0.0.1:{server.port}?tls=starttls"
    tell()

    actions.deliver(at=NOON)

    assert server.taken == []
    assert "STARTTLS" in facts.relay().error


def test_a_server_that_speaks_japanese_addresses_gets_them(settings: Settings) -> None:
    kept = MailServer()
    control = running(kept, enable_SMTPUTF8=True)
    settings.MAMORI_MAIL_FROM = SENDER
    settings.MAMORI_MAIL = f"smtp://localhost:{kept.port}"
    market.put_buyer(MACHINE, BuyerLine(ref="B-8", name="だれか", mail="守@例え.jp"))
    tell("buyer:B-8")

    actions.deliver(at=NOON)
    control.stop()

    assert [to for _, [to], _ in kept.taken] == ["守@xn--r8jz45g.jp"]


def test_a_trial_mail_says_what_the_server_said(mail: MailServer, settings: Settings) -> None:
    taken = actions.send_trial(to="me@example.jp", token="0" * 32, at=NOON)
    mail.say("RCPT", "550 no")
    refused = actions.send_trial(to="me@example.jp", token="1" * 32, at=NOON)

    assert (taken.outcome, refused.outcome) == ("sent", "refused")
    assert "試験" in str(mail.messages[0]["Subject"])
    with pytest.raises(AddressUnusable):
        actions.send_trial(to="me", token="2" * 32, at=NOON)
    settings.MAMORI_MAIL = ""
    with pytest.raises(MailNotSet):
        actions.send_trial(to="me@example.jp", token="3" * 32, at=NOON)


def test_djangos_own_mails_take_the_same_way(mail: MailServer, folder: Path, settings: Settings) -> None:
    settings.MAMORI_MAIL = mail.url
    with override_settings(MAILERS={"default": {"BACKEND": "mamori.ground.post.carrying.Backend"}}):
        message = EmailMultiAlternatives("確認", "本文", "窓口 <centre@market.example>", ["me@example.jp"])
        assert message.send() == 1
        mail.say("RCPT", "550 5.1.1 <me@example.jp> unknown")
        with pytest.raises(NotTaken) as refused:
            message.send()
        settings.MAMORI_MAIL = f"folder://{folder}"
        message.send()
        settings.MAMORI_MAIL = ""
        assert message.send() == 0

    assert "me@example.jp" not in str(refused.value)
    assert mail.messages[0]["Auto-Submitted"] == "auto-generated"
    assert [line.subject for line in facts.read_folder(folder)] == ["確認"]
