"""The client: where the key goes, what is retried, what each status means, what is read at most."""

from __future__ import annotations

import gc
import time
import traceback
import weakref
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from clockeye_cli.api import pace
from clockeye_cli.api.client import Client
from clockeye_cli.api.download import Downloads
from clockeye_cli.api.strict_json import parse
from clockeye_cli.errors import (
    ClockeyeError,
    ForeignAnswerError,
    KeyMissingError,
    LimitedError,
    NeverArrivedError,
    NoAnswerError,
    RedirectedError,
    RejectedError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "sk_live_0123456789"
URL = "http://127.0.0.1:1/v1"  # https would read the certificates for each client
TLS_URL = "https://api.example/v1"
HTML = "<html><body>502 Bad Gateway</body></html>"


class Transport:
    """Answers with one thing after the other, the last for ever; raises what is an exception."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = answers
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def client(transport: Transport, url: str = URL, key: str = KEY, **options: Any) -> Client:
    options = {"sleep": lambda _seconds: None, **options}
    return Client(url, key, {}, transport=httpx.MockTransport(transport), **options)


def error_of(status: int, headers: dict[str, str] | None = None, **body: Any) -> ClockeyeError:
    transport = Transport(httpx.Response(status, headers=headers, **body))
    with pytest.raises(ClockeyeError) as caught:
        client(transport).request("POST", "/time-entries", body={})
    assert len(transport.requests) == 1
    return caught.value


def test_the_key_is_a_bearer_and_nowhere_else() -> None:
    transport = Transport(httpx.Response(200, json={}))
    client(transport).request("GET", "/users", params={"page": 1})
    request = transport.requests[0]
    assert str(request.url) == "http://127.0.0.1:1/v1/users?page=1"
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert [name for name, value in request.headers.items() if KEY in value] == ["authorization"]


def test_the_memory_of_an_answer_is_free_once_it_was_read() -> None:
    """A long list has thousands of answers, and commands rarely search for cycles."""
    answers: list[weakref.ref[httpx.Response]] = []

    class Noted(Transport):
        def __call__(self, request: httpx.Request) -> httpx.Response:
            answer = super().__call__(request)
            answers.append(weakref.ref(answer))
            return answer

    asking = client(Noted(httpx.Response(200, json={"data": []})))
    gc.disable()
    try:
        asking.request("GET", "/users")
        [*asking.get_several("/users", [{"page": 1}, {"page": 2}])]
        assert [answer() for answer in answers] == [None, None, None]
    finally:
        gc.enable()


def test_without_a_key_none_is_sent() -> None:
    transport = Transport(httpx.Response(200, json={}))
    client(transport, key="").request("GET", "/users")
    assert "Authorization" not in transport.requests[0].headers


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("https://api.example", "@evil.example/"),
        ("https://api.example", ".evil.example/"),
        ("https://api.example", ":8443/"),
        ("https://api.example", ":443@evil.example/"),
        ("https://api.example", "\\@evil.example/"),
        ("https://api.example", "evil"),
        ("http://127.0.0.1", ".evil.example/"),
        ("http://127.0.0.1", ":99/"),
        (URL, "/x#fragment"),
        (URL, "/x\ny"),
        (URL, "/x\x00"),
        (URL, "/x y"),
        (URL, "/é"),
    ],
)
def test_a_path_that_would_leave_the_origin_or_is_none_is_not_sent(base: str, path: str) -> None:
    transport = Transport(httpx.Response(200, json={}))
    with pytest.raises(UsageError):
        client(transport, base).request("GET", path)
    assert transport.requests == []


@pytest.mark.parametrize("path", ["//evil.example/x", "/../../x", "/https://evil.example", "/@evil.example"])
def test_a_path_that_looks_like_another_address_stays_on_the_origin(path: str) -> None:
    transport = Transport(httpx.Response(200, json={}))
    client(transport).request("GET", path)
    assert transport.requests[0].url.host == "127.0.0.1"


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target", ["https://evil.example/v1/users", "/v2/users", "http://api.example/v1/users"]
)
def test_a_redirect_is_an_error_that_names_its_target_and_is_not_followed(status: int, target: str) -> None:
    error = error_of(status, {"Location": target})
    assert isinstance(error, RedirectedError)
    assert error.message == f"http://127.0.0.1:1 redirects to {target}; the key was not sent there."
    assert (error.exit_code, error.code) == (1, "redirected")


def test_a_redirect_without_a_target_is_an_error_too() -> None:
    assert "redirects to another address;" in error_of(302).message


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(302, headers={"Location": f"https://evil.example/?key={KEY}"}),
        httpx.Response(302, headers={"Location": "https://evil.example/" + "x" * 165 + KEY}),
        httpx.Response(401, json={"error": {"code": KEY, "message": f"no such key: {KEY}"}}),
        httpx.Response(403, json={"error": f"{KEY} may not", "code": KEY}),
        httpx.Response(400, json={"error": {"code": KEY, "message": "x" * 490 + KEY}}),
        httpx.Response(500, json={"error": KEY}),
        httpx.Response(200, text=KEY),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
    ],
)
def test_the_key_is_in_no_error_and_no_traceback(answer: httpx.Response | Exception) -> None:
    used = client(Transport(answer))
    with pytest.raises(ClockeyeError) as caught:
        used.request("GET", "/users")
    shown = "".join(traceback.format_exception(caught.value, chain=True))
    for text in (shown, repr(caught.value), str(vars(caught.value)), repr(used)):
        assert KEY not in text
        assert KEY[:10] not in text


@pytest.mark.parametrize(
    "key", [f"{KEY}\nX: y", f"{KEY}\r", f"{KEY} ", f"{KEY}é", f"{KEY}\udcff", f"{KEY}\0"]
)
def test_a_key_that_no_header_takes_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(KeyMissingError, match="not an API key") as refused:
        Client(URL, key, {})
    shown = "".join(traceback.format_exception(refused.value, chain=True))
    assert KEY not in shown


def test_get_is_tried_three_times_at_most() -> None:
    pauses: list[float] = []
    transport = Transport(httpx.Response(503))
    with pytest.raises(NoAnswerError):
        client(transport, sleep=pauses.append).request("GET", "/users")
    assert len(transport.requests) == 3
    assert len(pauses) == 2
    assert 0 <= pauses[0] <= 0.4
    assert 0 <= pauses[1] <= 0.8


@pytest.mark.parametrize(
    "first", [httpx.ReadTimeout("x"), httpx.ConnectError("x"), httpx.Response(502, text=HTML)]
)
def test_get_takes_the_first_good_answer(first: httpx.Response | Exception) -> None:
    transport = Transport(first, httpx.Response(200, json={"data": []}))
    assert client(transport).request("GET", "/users").content == {"data": []}
    assert len(transport.requests) == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    ("fault", "error", "tries"),
    [
        (httpx.ConnectError("x"), NeverArrivedError, 3),
        (httpx.ConnectTimeout("x"), NeverArrivedError, 3),
        (httpx.PoolTimeout("x"), NeverArrivedError, 3),
        (httpx.ProxyError("407"), NeverArrivedError, 3),
        (httpx.ReadTimeout("x"), NoAnswerError, 1),
        (httpx.WriteTimeout("x"), NoAnswerError, 1),
        (httpx.ReadError("x"), NoAnswerError, 1),
        (httpx.WriteError("x"), NoAnswerError, 1),
        (httpx.CloseError("x"), NoAnswerError, 1),
        (httpx.RemoteProtocolError("x"), NoAnswerError, 1),
        (httpx.LocalProtocolError("x"), NoAnswerError, 1),
        (httpx.DecodingError("x"), NoAnswerError, 1),
    ],
)
def test_a_change_is_sent_again_only_if_it_provably_never_arrived(
    method: str, fault: Exception, error: type[ClockeyeError], tries: int
) -> None:
    transport = Transport(fault)
    with pytest.raises(ClockeyeError) as caught:
        client(transport).request(method, "/time-entries", body={})
    assert type(caught.value) is error
    assert len(transport.requests) == tries


@pytest.mark.parametrize(("url", "is_said"), [(URL, False), (URL.removesuffix("/v1"), True)])
def test_an_address_that_lacks_its_end_is_named_where_nothing_is_found(url: str, *, is_said: bool) -> None:
    with pytest.raises(ForeignAnswerError) as caught:
        client(Transport(httpx.Response(404)), url).request("GET", "/users")
    assert ("ends in /v1, but the profile uses http://127.0.0.1:1." in caught.value.hint) is is_said


def test_after_the_deadline_nothing_is_tried_again() -> None:
    pauses: list[float] = []
    transport = Transport(httpx.ConnectError("x"))
    with pytest.raises(NeverArrivedError):
        client(transport, deadline=time.monotonic() - 1, sleep=pauses.append).request("GET", "/users")
    assert (len(transport.requests), pauses) == (1, [])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429])
def test_a_refusal_is_not_asked_again(status: int) -> None:
    transport = Transport(httpx.Response(status))
    with pytest.raises(ClockeyeError):
        client(transport).request("GET", "/users")
    assert len(transport.requests) == 1


STATUSES = [
    (400, RejectedError, 1, "no"),
    (401, KeyMissingError, 4, "key_refused"),
    (402, RejectedError, 1, "no"),
    (403, KeyMissingError, 4, "forbidden"),
    (404, RejectedError, 1, "no"),
    (405, RejectedError, 1, "no"),
    (408, NoAnswerError, 5, "no_answer"),
    (410, RejectedError, 1, "no"),
    (422, RejectedError, 1, "no"),
    (425, NoAnswerError, 5, "no_answer"),
    (429, LimitedError, 5, "rate_limited"),
    (451, RejectedError, 1, "no"),
    (500, NoAnswerError, 5, "no_answer"),
    (502, NoAnswerError, 5, "no_answer"),
    (599, NoAnswerError, 5, "no_answer"),
]


@pytest.mark.parametrize(("status", "kind", "exit_code", "code"), STATUSES)
def test_each_status_of_the_service_is_its_own_error(
    status: int, kind: type[ClockeyeError], exit_code: int, code: str
) -> None:
    error = error_of(status, json={"error": {"code": "no"}})
    assert (type(error), error.exit_code, error.code) == (kind, exit_code, code)
    if status != 429:
        assert f"status {status}" in error.message


NOT_OURS = ["", HTML, "null", "[]", "{}", '{"error": 5}', '{"error": {}}', '{"error": {"message": null}}']
NOT_OURS += ['{"code": 404}', '{"detail": "Not found."}', '{"error": ""}', '{"message": ["x"]}', '"no"', "no"]


@pytest.mark.parametrize("status", [row[0] for row in STATUSES])
@pytest.mark.parametrize("body", NOT_OURS)
def test_a_body_in_none_of_the_forms_is_no_answer_whatever_its_status(status: int, body: str) -> None:
    error = error_of(status, text=body)
    later = {408: NoAnswerError, 425: NoAnswerError, 429: LimitedError}
    kind = later.get(status, ForeignAnswerError if status < 500 else NoAnswerError)
    assert (type(error), error.exit_code) == (kind, 5)
    assert "<html" not in error.message
    if status != 429:
        assert f"status {status}" in error.message


def test_a_success_that_is_an_error_is_no_answer() -> None:
    assert type(error_of(200, json={"error": {"code": "no", "message": "Not so."}})) is NoAnswerError
    assert type(error_of(200, json={"error": "Not so."})) is NoAnswerError


NESTED = {
    "error": {"code": "bad_field", "message": "Not so.", "details": {"field": "x", "reason": "Because."}}
}
FLAT = {"error": "Not so.", "code": "bad_field", "details": {}}
ONLY_REASON = {"error": {"code": "bad_field", "details": {"reason": "Not so."}}}
ONLY_MESSAGE = {"message": "Not so.", "code": "bad_field"}


@pytest.mark.parametrize("body", [NESTED, FLAT, ONLY_REASON, ONLY_MESSAGE])
def test_all_forms_of_errors_are_read(body: dict[str, Any]) -> None:
    error = error_of(400, json=body)
    assert (error.message, error.code) == ("ClockEye rejected the request: Not so.", "bad_field")
    assert isinstance(error, RejectedError)
    assert error.status == 400
    assert error.field == ("x" if body is NESTED else "")
    assert error_of(403, json=body).message == "The key lacks a permission: Not so."
    assert error_of(401, json=body).message == "ClockEye rejected the key: Not so."
    assert error_of(500, json=body).message == "http://127.0.0.1:1 failed: Not so."


@pytest.mark.parametrize("text", [HTML, "{", '"open', "[1,]", "NaN", '{"a": 1e999}', '{"a": 1, "a": 2}'])
def test_a_2xx_that_cannot_be_read_is_no_answer(text: str) -> None:
    error = error_of(201, text=text)
    assert type(error) is NoAnswerError
    assert "Cannot read the answer" in error.message


@pytest.mark.parametrize(("status", "text"), [(204, ""), (200, ""), (200, " \r\n")])
def test_an_empty_body_is_no_content(status: int, text: str) -> None:
    answer = client(Transport(httpx.Response(status, text=text))).request("DELETE", "/x")
    assert (answer.status, answer.text, answer.content) == (status, text, None)


def test_bytes_that_are_no_utf8_are_shown_as_replacements() -> None:
    answer = client(Transport(httpx.Response(200, content=b'"a\xff"'))).request("GET", "/x")
    assert answer.content == "a�"


def nested(depth: int, opening: str = "[", closing: str = "]", inner: str = "") -> str:
    return opening * depth + inner + closing * depth


@pytest.mark.parametrize(("opening", "closing", "inner"), [("[", "]", ""), ('{"a":', "}", "1")])
def test_json_may_be_64_deep_and_no_deeper(opening: str, closing: str, inner: str) -> None:
    parse(nested(64, opening, closing, inner))
    for depth in (65, 900, 100_000):
        with pytest.raises(ValueError, match="nested too deep"):
            parse(nested(depth, opening, closing, inner))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("NaN", "contains NaN"),
        ("[Infinity]", "contains Infinity"),
        ('{"a": -Infinity}', "contains -Infinity"),
        ("1e999", "too large"),
        ("[-1e999]", "too large"),
        ('{"a": 1, "a": 1}', "duplicate key"),
        ('[{"b": {"a": 1, "\\u0061": 2}}]', "duplicate key"),
        ("1" * 5000, "digits"),
    ],
)
def test_json_that_others_read_otherwise_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse(text)


def test_limits_are_checked_before_and_reported_after_each_try() -> None:
    told: list[object] = []
    headers = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "41", "X-RateLimit-Reset": "9"}
    transport = Transport(httpx.ConnectError("x"), httpx.Response(200, json={}, headers=headers))
    answer = client(transport, before=lambda: told.append("before"), after=told.append).request("GET", "/x")
    assert told == ["before", "before", pace.RateLimits(100, 41, 10.0)]
    assert answer.limits == pace.RateLimits(100, 41, 10.0)


def test_a_429_says_how_long_and_that_nothing_is_left() -> None:
    told: list[pace.RateLimits] = []
    now = 1_795_000_000
    headers = {
        "Retry-After": "7",
        "X-RateLimit-Limit": "100",
        "X-RateLimit-Remaining": "12",
        "X-RateLimit-Reset": str(now + 500),
        "Date": formatdate(now, usegmt=True),
    }
    transport = Transport(httpx.Response(429, headers=headers))
    with pytest.raises(LimitedError, match="retry in 7 s") as limited:
        client(transport, after=told.append).request("POST", "/x", body={})
    assert limited.value.wait == 7.0
    assert told == [pace.RateLimits(100, 0, 7.0)]


@pytest.mark.parametrize("name", ["CLOCKEYE_CA_FILE", "SSL_CERT_FILE"])
@pytest.mark.parametrize(
    "content", [None, "", "rubbish", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_certificates_that_cannot_be_read_are_an_error_that_names_the_file(
    name: str, content: str | None, tmp_path: Any
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    for make in (
        lambda: Client(TLS_URL, KEY, {name: str(path)}),
        lambda: Downloads({name: str(path)}).get(TLS_URL),
    ):
        with pytest.raises(UsageError, match=r"Cannot read the certificates in .*ca\.pem") as refused:
            make()
        assert refused.value.exit_code == 2


def refusing(make: Callable[[], object]) -> ClockeyeError:
    with pytest.raises(ClockeyeError) as caught:
        make()
    return caught.value


@pytest.mark.parametrize(
    "proxy", ["ftp://me:hunter2@proxy:1", "http://", "http://me:hunter2@proxy:port", "socks9://x"]
)
def test_a_proxy_that_is_none_is_an_error_that_does_not_repeat_it(proxy: str) -> None:
    error = refusing(lambda: Client(TLS_URL, KEY, {"HTTPS_PROXY": proxy}))
    assert type(error) is UsageError
    assert "HTTPS_PROXY" in error.message
    assert "hunter2" not in error.message + error.hint


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "SOCKS4"])
def test_a_socks_proxy_is_named_with_what_works_instead(name: str, scheme: str) -> None:
    environ = {name: f"{scheme}://me:hunter2@127.0.0.1:9"}
    error = refusing(lambda: Client(TLS_URL, KEY, environ))
    assert (type(error), error.message) == (
        UsageError,
        f"{name} names a SOCKS proxy, which clockeye cannot use.",
    )
    assert "NO_PROXY" in error.hint
    Client(TLS_URL, KEY, environ | {"NO_PROXY": "api.example"}).close()
    Client(TLS_URL, KEY, {"HTTPS_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "socks5://x"}).close()


def test_a_key_log_that_cannot_be_written_is_named_as_such(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "missing" / "keys"
    monkeypatch.setenv("SSLKEYLOGFILE", str(path))
    error = refusing(lambda: Client(TLS_URL, KEY, {}))
    assert error.message == f"Cannot write to {path}, which SSLKEYLOGFILE names: No such file or directory."
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    Client(TLS_URL, KEY, {}).close()
