"""No message gets to what only the server reaches, whatever a URL and a name may say."""

import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from seatledger.connectors.dial import look_up
from seatledger.connectors.webhook.guard import Unreachable, checked
from seatledger.domain.delivery import Done, Retry
from seatledger.domain.web_address import NOTHING, read_allowance
from tests.connectors.webhook.conftest import AT_ONCE, LOOPBACK, Try
from tests.support.receiver import receiving

NAME = "hooks.acme.example"
NOT_PUBLIC = Retry("The URL leads to an address that is not public.")
UNKNOWN = Retry(f"No address was found for {NAME}.")


def always(*addresses: str) -> Callable[[str], Sequence[str]]:
    return lambda _: addresses


def unknown(name: str) -> Sequence[str]:
    raise OSError(f"{name}: not known")


@pytest.mark.parametrize(
    ("addresses", "reached"),
    [
        (["1.1.1.1"], True),
        (["1.1.1.1", "1.1.1.1", "2606:4700:4700::1111"], True),
        (["127.0.0.1"], False),
        (["1.1.1.1", "127.0.0.1"], False),
        (["127.0.0.1", "1.1.1.1"], False),
        (["10.1.2.3"], False),
        (["169.254.169.254"], False),
        (["::1"], False),
        (["::ffff:127.0.0.1"], False),
        (["64:ff9b::7f00:1"], False),
        (["fe80::1%lo"], False),
        (["0.0.0.0"], False),  # noqa: S104 - not bound to
        ([], False),
        (["nonsense"], False),
    ],
)
def test_every_address_of_a_name_must_be_public(addresses: list[str], reached: bool) -> None:
    url = f"https://{NAME}/x"
    if reached:
        web, found = checked(url, NOTHING, always(*addresses))
        assert (web.host, list(map(str, found))) == (NAME, list(dict.fromkeys(addresses)))
    else:
        with pytest.raises(Unreachable):
            checked(url, NOTHING, always(*addresses))


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f.1", "017700000001", "0"]
)
def test_another_spelling_of_loopback_is_looked_up_and_refused(host: str) -> None:
    with pytest.raises(Unreachable):
        checked(f"https://{host}/", NOTHING, look_up)


def test_what_has_no_address_may_have_one_later(attempt: Try) -> None:
    assert attempt(f"https://{NAME}/", resolve=unknown) == UNKNOWN


def test_an_allowance_that_was_taken_back_counts_at_once(attempt: Try) -> None:
    with receiving() as receiver:
        assert attempt(receiver.url, allowed="") == NOT_PUBLIC
        assert attempt(receiver.url, allowed="10.0.0.0/8") == NOT_PUBLIC
        assert attempt(receiver.url, allowed=LOOPBACK) == Done("thanks", 200)
    assert len(receiver.received) == 1


def test_a_name_that_means_loopback_is_refused(attempt: Try) -> None:
    with receiving() as receiver:
        url = f"https://{NAME}:{receiver.port}/"
        assert attempt(url, allowed="", resolve=always("127.0.0.1")) == NOT_PUBLIC
    assert receiver.received == []


def test_a_name_is_looked_up_once_so_that_rebinding_is_of_no_use(attempt: Try) -> None:
    """The first look finds a good address where nobody listens, each later one loopback."""
    looks: list[str] = []

    def rebinding(name: str) -> Sequence[str]:
        looks.append(name)
        return ["127.0.0.99"] if len(looks) == 1 else ["127.0.0.1"]

    with receiving() as receiver:
        url = f"http://{NAME}:{receiver.port}/"
        outcome = attempt(url, allowed="127.0.0.99", resolve=rebinding)
    assert outcome == Retry("The connection was refused.")
    assert (looks, receiver.received) == ([NAME], [])


def test_a_name_is_asked_for_by_its_name_though_the_address_is_known(attempt: Try) -> None:
    with receiving() as receiver:
        outcome = attempt(f"http://{NAME}:{receiver.port}/a?b", resolve=always("127.0.0.1"))
    assert outcome == Done("thanks", 200)
    [request] = receiver.received
    assert (request.path, request.headers["host"]) == ("/a?b", f"{NAME}:{receiver.port}")


def test_the_next_address_is_tried_where_one_does_not_answer(attempt: Try) -> None:
    with receiving() as receiver:
        url = f"http://{NAME}:{receiver.port}/"
        assert attempt(url, resolve=always("127.0.0.98", "127.0.0.1")) == Done("thanks", 200)


def test_the_next_address_is_tried_where_one_says_nothing_at_all(attempt: Try) -> None:
    with receiving() as receiver, silent_at("127.0.0.98", receiver.port):
        url = f"http://{NAME}:{receiver.port}/"
        assert attempt(url, resolve=always("127.0.0.98", "127.0.0.1")) == Done("thanks", 200)
        alone = attempt(url, resolve=always("127.0.0.98"), limits=AT_ONCE)
    assert alone == Retry("No answer within 0.3 seconds.")


@contextmanager
def silent_at(address: str, port: int) -> Iterator[None]:
    """An address that answers no one, since more are waiting there than it lets wait."""
    with ExitStack() as open_:
        open_.enter_context(socket.create_server((address, port), backlog=0))
        for _ in range(3):
            waiting = open_.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((address, port))
        yield


class Authority:
    """Makes certificates that only its own client trusts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority")])
        self.client = ssl.create_default_context(
            cadata=self._made(self._name, self._key, x509.BasicConstraints(True, None))
        )

    def server(self, name: str) -> ssl.SSLContext:
        """What a server needs to prove that it is `name`."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        pem = self._made(subject, key, x509.SubjectAlternativeName([x509.DNSName(name)]))
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path = self._folder / f"{name}.pem"
        path.write_bytes(pem.encode() + private)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _made(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, extension: x509.ExtensionType
    ) -> str:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder(
            issuer_name=self._name,
            subject_name=subject,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=now - timedelta(hours=1),
            not_valid_after=now + timedelta(hours=1),
        ).add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        signed = builder.sign(self._key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


def test_tls_asks_for_the_name_and_checks_it(attempt: Try, authority: Authority) -> None:
    with receiving(tls=authority.server(NAME)) as receiver:
        url = f"https://{NAME}:{receiver.port}/"
        here = always("127.0.0.1")
        assert attempt(url, resolve=here, tls=authority.client) == Done("thanks", 200)
        untrusted = attempt(url, resolve=here, tls=ssl.create_default_context())
    assert receiver.names == [NAME, NAME]
    assert isinstance(untrusted, Retry)
    assert untrusted.why.startswith("The certificate is not good: ")
    assert len(receiver.received) == 1


def test_a_certificate_of_another_name_is_refused(attempt: Try, authority: Authority) -> None:
    with receiving(tls=authority.server("other.example")) as receiver:
        url = f"https://{NAME}:{receiver.port}/"
        outcome = attempt(url, resolve=always("127.0.0.1"), tls=authority.client)
    assert isinstance(outcome, Retry)
    assert "Hostname mismatch" in outcome.why
    assert receiver.received == []


def test_no_tls_where_it_was_asked_for_is_a_failed_attempt(attempt: Try) -> None:
    with receiving() as receiver:
        outcome = attempt(receiver.url.replace("http:", "https:"))
    assert outcome == Retry("No TLS connection could be made.")


def test_a_host_may_be_allowed_by_its_name(attempt: Try) -> None:
    with receiving() as receiver:
        url = f"http://{NAME}:{receiver.port}/"
        here = always("127.0.0.1")
        assert attempt(url, allowed=NAME, resolve=here) == Done("thanks", 200)
        assert attempt(url, allowed="other.example", resolve=here) != Done("thanks", 200)
    assert read_allowance(NAME).hosts == {NAME}
