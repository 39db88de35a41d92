"""The door to the network against a server that means no good: where it may not lead, how long, how much."""

from __future__ import annotations

import gzip
import http.client
import socket
import ssl
import time
import tomllib
import zlib
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import brotli
import pytest

from app.errors import Invalid
from app.outbound import wire
from app.outbound.door import Answer, Door, Limits, Request, agent_of, fetch
from app.outbound.reach import Reach, is_outside, read_reach, read_target
from app.outbound.trouble import OutboundError, Trouble
from app.version import VERSION
from tests.local_server import Call, Server, serving

LIMITS = Limits(total_seconds=0.5, connect_seconds=0.5, size=200_000, redirects=5)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on 127.0.0.1."""
    with serving() as made:
        yield made


def ask(server: Server, path: str, **given: str) -> Answer:
    return fetch(Request(server.url(path), **given), reach=server.reach, agent="Loa/1", limits=LIMITS)  # type: ignore[arg-type]


def trouble(server: Server, path: str) -> Trouble:
    with pytest.raises(OutboundError) as raised:
        ask(server, path)
    assert raised.value.sentence
    return raised.value.kind


@pytest.mark.parametrize(
    "number",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1", "192.0.0.8",
        "192.168.1.1", "192.88.99.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fec0::1", "fd00::1", "ff02::1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe", "100::1", "4000::1",
    ],
)  # fmt: skip
def test_what_lies_inside_is_not_outside(number: str) -> None:
    assert not is_outside(ip_address(number))


@pytest.mark.parametrize(
    "number",
    ["8.8.8.8", "103.9.0.1", "2405:4800::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_the_open_internet_is_outside(number: str) -> None:
    assert is_outside(ip_address(number))


@pytest.mark.parametrize(
    "url",
    [
        "", "baoquangngai.vn", "ftp://baoquangngai.vn/", "file:///etc/passwd", "javascript:alert(1)", "gopher://a.vn/",
        "http://", "http:///x", "http://127.9/", "http://2130706441/", "http://0x7f.0.0.1/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://127.0.0.01/", "http://127.1.1/", "http://[::ffff:127.0.0.1]/",
        "http://[::127.0.0.1]/", "http://[fe80::1%25eth0]/", "http://[::1", "http://a.vn./", "http://127.0.0.1./",
        "http://a:b@a.vn/", "http://a.vn@127.0.0.1/", "http://@a.vn/", "http://a.vn\\@127.0.0.1/", "http://a.vn:0/",
        "http://a.vn:99999/", "http://a.vn:x/", "http://a vn/", "http://127%2e0.0.1/", "http://a..vn/", "http://-a.vn/",
        "http://a.vn/\nx", "http://a.vn/\x00", "http://" + "a" * 2_000 + ".vn/", "http://" + "a" * 64 + ".vn/",
        "http://１２７.1/", "http://a.vn:80:80/",
    ],
)  # fmt: skip
def test_an_oddly_spelled_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        read_target(url)


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("http://BaoQuangNgai.vn", "baoquangngai.vn", 80, "/"),
        ("HTTPS://a.vn:8443/rss/tin mới.rss?x=1&y=ế#z", "a.vn", 8443, "/rss/tin%20m%E1%BB%9Bi.rss?x=1&y=%E1%BA%BF"),
        ("https://báo.vn/a%20b", "xn--bo-mia.vn", 443, "/a%20b"),
        ("http://8.8.8.8:8080/", "8.8.8.8", 8080, "/"),
        ("http://[2405:4800::1]/", "2405:4800::1", 80, "/"),
        ("http://１２７.０.０.１/", "127.0.0.1", 80, "/"),  # full-width digits are digits: the number is checked
        (" http://a_b.vn/ ", "a_b.vn", 80, "/"),
    ],
)  # fmt: skip
def test_a_plain_address_is_taken_apart(url: str, host: str, port: int, path: str) -> None:
    target = read_target(url)
    assert (target.host, target.port, target.path) == (host, port, path)


@pytest.mark.parametrize(
    ("setting", "url", "number", "allowed"),
    [
        ("", "http://a.vn/", "8.8.8.8", True),
        ("", "http://a.vn:8080/", "8.8.8.8", True),
        ("", "http://a.vn:25/", "8.8.8.8", False),
        ("", "http://a.vn/", "10.0.0.1", False),
        ("10.0.0.0/8", "http://a.vn/", "10.0.0.1", True),
        ("10.0.0.0/8", "http://a.vn:9000/", "10.0.0.1", False),
        ("10.0.0.0/8:9000", "http://a.vn:9000/", "10.0.0.1", True),
        ("10.0.0.0/8:9000", "http://a.vn/", "10.0.0.1", False),
        ("10.0.0.0/8:*", "http://a.vn:1/", "10.0.0.1", True),
        ("10.0.0.0/8", "http://a.vn/", "192.168.0.1", False),
        ("cong.noibo", "http://cong.noibo/", "10.0.0.1", True),
        ("cong.noibo", "http://x.cong.noibo/", "10.0.0.1", False),
        ("a.vn:81, [fd00::/8]:8080", "http://b.vn:8080/", "fd00::1", True),
        ("fd00::/8", "http://b.vn/", "fd00::1", True),
    ],
)
def test_only_what_the_installation_lists_is_reached_inside(
    setting: str, url: str, number: str, allowed: bool
) -> None:
    assert read_reach(setting).allows(read_target(url), [ip_address(number)]) is allowed


def test_a_name_that_also_stands_for_a_number_inside_is_refused() -> None:
    numbers = [ip_address("8.8.8.8"), ip_address("10.0.0.1")]
    assert not Reach().allows(read_target("http://a.vn/"), numbers)
    assert not Reach().allows(read_target("http://a.vn/"), [])


@pytest.mark.parametrize(
    "entry", ["10.0.0.0/33", "127.1", "a b", "x:y", "[fd00::/8]8080", "*", "a.vn:123456"]
)
def test_a_wrong_entry_of_the_setting_is_refused(entry: str) -> None:
    with pytest.raises(Invalid, match="không phải máy hay mạng"):
        read_reach(entry)


@pytest.mark.parametrize(
    "spelling", ["http://127.0.0.9:{p}/", "http://2130706441:{p}/", "http://127.9:{p}/",
                 "http://[::ffff:127.0.0.9]:{p}/", "http://localhost:{p}/", "file:///etc/passwd", "//127.0.0.9:{p}/", "http://["]
)  # fmt: skip
def test_a_redirect_to_the_inside_is_not_followed(server: Server, spelling: str) -> None:
    with serving("127.0.0.9") as canary:
        canary.routes["/"] = lambda call: call.answer(200, b"inside")
        location = spelling.format(p=canary.server_port)
        server.routes["/feed"] = lambda call: call.answer(302, Location=location)
        assert trouble(server, "/feed") is Trouble.ADDRESS
        assert not canary.asked


def test_the_number_that_was_checked_is_the_one_that_is_reached(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that says something else the second time is not asked a second time."""
    numbers = iter(["127.0.0.1", "127.0.0.9"])

    def answer(
        host: str, *given: object, **named: object
    ) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        assert host == "bao.vidu.vn"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(numbers), 0))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    server.routes["/"] = lambda call: call.answer(200, call.headers["Host"].encode())
    url = f"http://bao.vidu.vn:{server.server_port}/"
    got = fetch(Request(url), reach=read_reach(f"127.0.0.1:{server.server_port}"), limits=LIMITS)
    assert got.body == f"bao.vidu.vn:{server.server_port}".encode()
    with pytest.raises(OutboundError) as raised:
        fetch(Request(url), reach=read_reach(f"127.0.0.1:{server.server_port}"), limits=LIMITS)
    assert raised.value.kind is Trouble.ADDRESS


def test_a_name_that_nobody_knows_and_one_that_is_never_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*given: object, **named: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(OutboundError) as raised:
        fetch(Request("http://khong.co.vn/"), reach=Reach(), limits=LIMITS)
    assert raised.value.kind is Trouble.DNS
    with serving() as server:  # any event would do: it lets the look-up end with the test
        monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **named: server.closing.wait(5) and [])
        begun = time.monotonic()
        with pytest.raises(OutboundError) as raised:
            fetch(Request("http://khong.tra.loi.vn/"), reach=Reach(), limits=LIMITS)
        assert raised.value.kind is Trouble.DNS
        assert time.monotonic() - begun < 2


def gzip_bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1_000_000)
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_bomb_stops_at_the_size_limit(server: Server, coding: str) -> None:
    bomb = gzip_bomb(100_000_000)
    packed = {
        "gzip": bomb,
        "deflate": zlib.compress(bytes(50_000_000)),
        "br": brotli.compress(bytes(50_000_000), quality=1),
        "gzip, gzip": gzip.compress(bomb),
    }[coding]
    server.routes["/bomb"] = lambda call: call.answer(200, packed, Content_Encoding=coding)
    begun = time.monotonic()
    limits = Limits(total_seconds=10, size=200_000)
    with pytest.raises(OutboundError) as raised:
        fetch(Request(server.url("/bomb")), reach=server.reach, limits=limits)
    assert raised.value.kind is Trouble.TOO_BIG
    assert time.monotonic() - begun < 1


def test_an_endless_body_stops_at_the_size_limit(server: Server) -> None:
    def endless(call: Call) -> None:
        call.raw(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.closing.is_set():
            call.wfile.write(bytes(65_536))

    server.routes["/endless"] = endless
    assert trouble(server, "/endless") is Trouble.TOO_BIG


@pytest.mark.parametrize("part", ["nothing", "head", "body", "interim"])
def test_a_byte_now_and_then_does_not_hold_us_beyond_the_deadline(server: Server, part: str) -> None:
    def drip(call: Call) -> None:
        if part == "body":
            call.raw(b"HTTP/1.1 200 OK\r\n\r\n")
        if part == "head":
            call.raw(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not server.closing.wait(0.05):
            if part == "interim":
                call.raw(b"HTTP/1.1 100 Continue\r\n\r\n")
            elif part != "nothing":
                call.raw(b"x")

    server.routes["/slow"] = drip
    begun = time.monotonic()
    assert trouble(server, "/slow") is Trouble.TIMEOUT
    assert 0.4 < time.monotonic() - begun < 1.5


@pytest.mark.parametrize(
    "data",
    [
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nwrong",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_what_is_no_http_is_told_in_words(server: Server, data: bytes) -> None:
    server.routes["/odd"] = lambda call: call.raw(data)
    assert trouble(server, "/odd") in {Trouble.PROTOCOL, Trouble.REFUSED}


def test_nobody_there(server: Server) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(OutboundError) as raised:
            fetch(Request(f"http://127.0.0.1:{port}/"), reach=read_reach("127.0.0.1:*"), limits=LIMITS)
    assert (raised.value.kind, raised.value.permanent) == (Trouble.REFUSED, False)


def test_tls_that_does_not_hold_is_refused(server: Server) -> None:
    server.routes["/"] = lambda call: call.answer(200)
    url = server.url("/").replace("http:", "https:")
    with pytest.raises(OutboundError) as raised:
        fetch(Request(url), reach=server.reach, limits=LIMITS)
    assert raised.value.kind is Trouble.TLS


def test_the_deadline_holds_within_a_handshake(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        begun = time.monotonic()
        with pytest.raises(OutboundError) as raised:
            fetch(Request(f"https://127.0.0.1:{port}/"), reach=read_reach("127.0.0.1:*"), limits=LIMITS)
    assert raised.value.kind is Trouble.TIMEOUT
    assert time.monotonic() - begun < 1.5


def test_certificates_are_asked_for_the_name() -> None:
    context = wire.tls()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_at_most_five_redirects_and_the_lasting_ones_are_told(server: Server) -> None:
    for number in range(7):
        place = f"/{number + 1}"
        server.routes[f"/{number}"] = lambda call, place=place: call.answer(301, Location=place)  # type: ignore[misc]
    server.routes["/6"] = lambda call: call.answer(200, b"there")
    assert trouble(server, "/0") is Trouble.REDIRECTS
    got = ask(server, "/1")
    assert (got.final_url, got.permanent_target) == (server.url("/6"), server.url("/6"))
    server.routes["/3"] = lambda call: call.answer(302, Location="/6")
    assert ask(server, "/1").permanent_target == server.url("/3")
    assert ask(server, "/3").permanent_target is None
    assert ask(server, "/6").permanent_target is None


def test_one_connection_serves_a_host_and_survives_its_closing(server: Server) -> None:
    server.routes["/a"] = lambda call: call.answer(200, b"a")
    server.routes["/same"] = lambda call: call.answer(304)

    def last(call: Call) -> None:
        call.answer(200, b"b")
        call.close_connection = True  # without a word about it, as idle connections are closed

    server.routes["/last"] = last
    with Door(server.reach, agent="Loa/1") as door:
        for path in ("/a", "/same", "/a", "/last", "/a"):
            assert door.fetch(Request(server.url(path)), limits=LIMITS).status in {200, 304}
    ports = [port for _, _, port in server.calls]
    assert len(set(ports[:4])) == 1
    assert len(set(ports)) == 2


def test_what_is_sent_is_what_was_given_and_no_cookie_comes_back(server: Server) -> None:
    server.routes["/"] = lambda call: call.answer(200, b"x", Set_Cookie="a=b", ETag='W/"é"')
    with Door(server.reach, agent=agent_of("https://loa.vidu.vn")) as door:
        first = door.fetch(Request(server.url("/")), limits=LIMITS)
        asked = Request(
            server.url("/"), etag=first.headers["etag"], last_modified="hôm qua".encode().decode("latin-1")
        )
        door.fetch(asked, limits=LIMITS)
    _, headers, _ = server.calls[-1]
    assert headers["User-Agent"] == f"Loa/{VERSION} (+https://loa.vidu.vn)"
    assert headers["If-None-Match"] == 'W/"é"'
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "identity"])
def test_a_packed_body_is_unpacked(server: Server, coding: str) -> None:
    body = "Quảng Ngãi ".encode() * 5_000
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "identity": bytes}[coding]
    server.routes["/"] = lambda call: call.answer(200, pack(body), Content_Encoding=coding)
    assert ask(server, "/").body == body


def test_the_body_of_a_refusal_is_not_read(server: Server) -> None:
    server.routes["/"] = lambda call: call.answer(503, bytes(150_000), Retry_After="120")
    got = ask(server, "/")
    assert (got.status, got.body, got.headers["retry-after"]) == (503, b"", "120")


def test_the_version_is_the_project_s() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION


def test_a_stored_validator_with_a_line_break_is_no_second_header(server: Server) -> None:
    with pytest.raises(OutboundError):
        ask(server, "/", etag="a\r\nX-Evil: 1")
    assert not server.calls


def test_nothing_of_the_environment_s_proxies_is_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.9:1")
    server.routes["/"] = lambda call: call.answer(200, b"x")
    assert ask(server, "/").body == b"x"
    assert http.client.HTTPConnection is not wire.Guarded
