"""Which URLs may be named, and which addresses are public."""

from ipaddress import ip_address

import pytest

from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.web_address import (
    NOTHING,
    URL_LENGTH_MAX,
    WebAddress,
    forbidden,
    is_public,
    read_allowance,
    read_web_address,
)

PUBLIC = ["1.1.1.1", "93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001:830::200e"]
NOT_PUBLIC = {
    "0.0.0.0": "this host",  # noqa: S104 - not bound to
    "0.1.2.3": "this network",
    "10.0.0.1": "private",
    "100.64.0.1": "carrier-grade NAT",
    "100.100.100.200": "metadata, Alibaba",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "168.63.129.16": "metadata, Azure",
    "169.254.169.254": "metadata, AWS and others",
    "169.254.0.1": "link-local",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.192": "metadata, Oracle",
    "192.0.2.1": "documentation",
    "192.168.1.1": "private",
    "192.88.99.1": "6to4 relay",
    "198.18.0.1": "benchmarks",
    "198.51.100.1": "documentation",
    "203.0.113.1": "documentation",
    "224.0.0.1": "multicast",
    "239.255.255.250": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "unspecified",
    "::1": "loopback",
    "::7f00:1": "IPv4-compatible",
    "::ffff:127.0.0.1": "IPv4-mapped loopback",
    "::ffff:8.8.8.8": "IPv4-mapped, whatever it maps",
    "::ffff:0:a00:1": "IPv4-translated",
    "64:ff9b::a9fe:a9fe": "NAT64 of the metadata address",
    "64:ff9b:1::1": "local NAT64",
    "100::1": "discard",
    "2001::1": "Teredo",
    "2001:db8::1": "documentation",
    "2002:7f00:1::": "6to4 of loopback",
    "3fff::1": "documentation",
    "4000::1": "nobody's yet",
    "5f00::1": "segment routing",
    "fc00::1": "unique local",
    "fd00:ec2::254": "metadata, AWS",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local with a zone",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC, ids=[f"{k} {v}" for k, v in NOT_PUBLIC.items()])
def test_an_address_that_leads_inside_is_not(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://hooks.acme.example", ("https", "hooks.acme.example", 443, "/")),
        (
            "HTTPS://Hooks.Acme.Example/A?b=c%20d#e",
            ("https", "hooks.acme.example", 443, "/A?b=c%20d"),
        ),
        ("https://hooks.acme.example./x", ("https", "hooks.acme.example", 443, "/x")),
        ("https://acme.example:8443/?x", ("https", "acme.example", 8443, "/?x")),
        ("https://acme.example:80/", ("https", "acme.example", 80, "/")),
        ("https://acme.example?x", ("https", "acme.example", 443, "/?x")),
        ("https://1.1.1.1/", ("https", "1.1.1.1", 443, "/")),
        ("https://[2606:4700:4700::1111]:443/", ("https", "2606:4700:4700::1111", 443, "/")),
    ],
)
def test_a_url_is_read_into_its_parts(url: str, parts: tuple[str, str, int, str]) -> None:
    assert read_web_address(url, NOTHING) == WebAddress(*parts)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.acme.example",
        "//acme.example/",
        "ftp://acme.example/",
        "file:///etc/passwd",
        "gopher://acme.example:70/",
        "http://acme.example/",
        "https://",
        "https:///path",
        "https://user@acme.example/",
        "https://user:secret@acme.example/",
        "https://@acme.example/",
        "https://acme.example\\@127.0.0.1/",
        "https://acme.example/\r\nHost: evil",
        "https://acme.example/ path",
        "https://acme.example/\t",
        "https://acme.example/ä",
        "https://bücher.example/",
        "https://acme..example/",
        "https://acme.example:0/",
        "https://acme.example:22/",
        "https://acme.example:1023/",
        "https://acme.example:65536/",
        "https://acme.example:x/",
        "https://[::1/",
        "https://[::1]/",
        "https://[v1.x]/",
        "https://[::ffff:127.0.0.1]/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1:8080/",
        "https://acme.example/" + "x" * URL_LENGTH_MAX,
    ],
)
def test_what_cannot_be_sent_to_is_refused(url: str) -> None:
    refusal = read_web_address(url, NOTHING)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == (Code.INVALID, "url")


@pytest.mark.parametrize(
    ("url", "allowed", "good"),
    [
        ("http://127.0.0.1:8080/", "127.0.0.0/8", True),
        ("https://127.0.0.1:8080/", "127.0.0.0/8", True),
        ("http://10.0.0.1/", "127.0.0.0/8", False),
        ("https://10.0.0.1/", "127.0.0.0/8", False),
        ("https://10.0.0.1/", "10.0.0.1", True),
        ("http://[::1]/", "127.0.0.0/8", False),
        ("http://[::1]/", "::1", True),
        ("https://[::ffff:127.0.0.1]/", "127.0.0.0/8", False),
        ("http://lms.internal/", "LMS.internal", True),
        ("http://other.internal/", "lms.internal", False),
        ("http://other.internal/", "10.0.0.0/8", True),
        ("http://1.1.1.1/", "10.0.0.0/8", False),
    ],
)
def test_what_the_operator_allows_may_be_named(url: str, allowed: str, good: bool) -> None:
    found = read_web_address(url, read_allowance(allowed))
    assert isinstance(found, WebAddress) is good


@pytest.mark.parametrize(
    ("scheme", "addresses", "allowed", "good"),
    [
        ("https", ["1.1.1.1"], "", True),
        ("https", ["1.1.1.1", "2606:4700:4700::1111"], "", True),
        ("https", ["1.1.1.1", "127.0.0.1"], "", False),
        ("https", ["10.0.0.1", "1.1.1.1"], "10.0.0.0/8", True),
        ("https", ["10.0.0.1", "192.168.0.1"], "10.0.0.0/8", False),
        ("https", ["10.0.0.1"], "lms.internal", True),
        ("http", ["1.1.1.1"], "", False),
        ("http", ["10.0.0.1"], "10.0.0.0/8", True),
        ("http", ["10.0.0.1", "1.1.1.1"], "10.0.0.0/8", False),
        ("http", ["1.1.1.1"], "lms.internal", True),
    ],
)
def test_each_address_of_a_name_must_be_a_good_one(
    scheme: str, addresses: list[str], allowed: str, good: bool
) -> None:
    web = WebAddress(scheme, "lms.internal", 443, "/")
    found = forbidden(web, map(ip_address, addresses), read_allowance(allowed))
    assert (found is None) is good


@pytest.mark.parametrize("text", ["10.0.0.1/8", "10.0.0.0/33", "a b", "http://x", "x/24", "ü"])
def test_an_allowance_that_cannot_be_read_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="hosts and networks"):
        read_allowance(text)


def test_an_origin_tells_nothing_that_may_be_secret() -> None:
    web = read_web_address("https://acme.example:8443/hooks/hush?key=hush", NOTHING)
    assert isinstance(web, WebAddress)
    assert web.origin == "https://acme.example:8443"
    assert WebAddress("https", "2606::1", 443, "/").origin == "https://[2606::1]"
