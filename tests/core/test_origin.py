"""Base URLs: where a key may be sent at all."""

from __future__ import annotations

import traceback

import pytest

from clockeye_cli.core.origin import Base, checked
from clockeye_cli.errors import UsageError


@pytest.mark.parametrize(
    ("url", "base", "origin"),
    [
        ("https://api.clockeye.ai/v1", "https://api.clockeye.ai/v1", "https://api.clockeye.ai:443"),
        ("https://api.clockeye.ai:443/v1", "https://api.clockeye.ai:443/v1", "https://api.clockeye.ai:443"),
        (" https://api.clockeye.ai/v1// ", "https://api.clockeye.ai/v1", "https://api.clockeye.ai:443"),
        ("https://example.org:8443", "https://example.org:8443", "https://example.org:8443"),
        ("HTTPS://API.Example.org/V1", "https://api.example.org/V1", "https://api.example.org:443"),
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost", "http://localhost:80"),
        ("HTTP://LOCALHOST", "http://localhost", "http://localhost:80"),
        ("http://[::1]:9/v1", "http://[::1]:9/v1", "http://[::1]:9"),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]", "https://[2001:db8::1]:443"),
        (
            "https://xn--bcher-kva.example/v1",
            "https://xn--bcher-kva.example/v1",
            "https://xn--bcher-kva.example:443",
        ),
    ],
)
def test_a_safe_address_gives_its_url_and_its_origin(url: str, base: str, origin: str) -> None:
    assert checked(url) == Base(base, origin)


@pytest.mark.parametrize(
    "host",
    [
        "api.clockeye.ai",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example:127",
        "0",
        "0.0.0.0",
        "127.1",
        "127.0.0.2",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "localhost.",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::1%25lo]",
        "192.168.1.5",
    ],
)
def test_http_is_refused_to_every_host_but_this_computer(host: str) -> None:
    with pytest.raises(UsageError, match="http is not encrypted") as refused:
        checked(f"http://{host}/v1")
    assert (refused.value.code, refused.value.exit_code) == ("bad_url", 2)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "does not begin with https://"),
        ("api.clockeye.ai/v1", "does not begin with https://"),
        ("//api.clockeye.ai", "does not begin with https://"),
        ("https:///v1", "does not begin with https://"),
        ("https://:443/v1", "does not begin with https://"),
        ("ftp://127.0.0.1", "does not begin with https://"),
        ("file:///etc/passwd", "does not begin with https://"),
        ("https://example.org/v1?tenant=4", "must not contain"),
        ("https://example.org/v1?", "must not contain"),
        ("https://example.org/v1#top", "must not contain"),
        ("https://example.org/v1#", "must not contain"),
        ("https://@example.org/v1", "must not contain"),
        ("https://example.org:99999/v1", "it is not a URL"),
        ("https://example.org:http/v1", "it is not a URL"),
        ("https://example.org:0/v1", "port 0 is not allowed"),
        ("https://[::1/v1", "it is not a URL"),
        ("https://bücher.example/v1", "characters that are not allowed in a URL"),
        ("https://example。org/v1", "characters that are not allowed in a URL"),
        ("https://exa\u200bmple.org/v1", "characters that are not allowed in a URL"),
        ("https://exam\nple.org/v1", "characters that are not allowed in a URL"),
        ("https://exam ple.org/v1", "characters that are not allowed in a URL"),
        ("https://example.org/\x7f", "characters that are not allowed in a URL"),
    ],
)
def test_what_is_no_plain_base_url_is_refused_with_the_reason(url: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        checked(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://me:hunter2@example.org/v1",
        "http://me:hunter2@127.0.0.1/v1",
        "https://me:hunter2@example.org:port/v1",
        "https://me:hunter2℀@example.org/v1",
        "https://me:8hunter2/x@example.org/v1",
        "https://example.org/v1?key=hunter2",
        "https://example.org/v1?key=hunter2@x",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        checked(url)
    shown = "".join(traceback.format_exception(refused.value, chain=True))
    rest = shown.replace("checked(url)", "")
    assert "hunter2" not in rest
    assert "example.org" in rest or "127.0.0.1" in rest or "'x'" in rest
