"""Screenshots of an account: which are listed, what a download may write, and what a sheet holds."""

from __future__ import annotations

import contextlib
import json
import os
import re
import struct
import subprocess
import sys
import threading
from base64 import b64decode
from datetime import datetime
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.core.entry import new_id
from clockeye_cli.output.pictures import KINDS, kind_of
from clockeye_cli.server.places import opened
from clockeye_cli.server.records import StoredScreenshot
from tests.account.world import Home, Site, stamp
from tests.app import App
from tests.tcp_server import answer, listening

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2026-11-20"
PNG = b"\x89PNG\r\n\x1a\n"
HOSTILE = "<img src=https://evil.example onerror=alert(1)> \u202e [/red] 'a' \"b\""


# --- with the real server -----------------------------------------------------------------------------------


def taken(home: Home, entry_id: str, at: str, *, active: int = 62, picture: bytes = b"") -> str:
    """The service takes a screenshot. The time is local. Returns its id."""
    shot = new_id("scr")
    moment = int(zone_time(at))
    row = (shot, home.key.user_id, entry_id, moment, active, f"token-{shot}", picture or PNG + shot.encode())
    with opened(home.site.data).writing() as queries:
        queries.add_screenshot(StoredScreenshot(*row))
    return shot


def zone_time(at: str) -> float:
    return datetime.fromisoformat(stamp(at)).timestamp()


def listed(home: App, *words: str) -> list[str]:
    return [row["id"] for row in home.ok("screenshots", *words, "--json").data]


def a_week(home: Home) -> tuple[str, str, str]:
    """Two entries of Friday, one of Monday, each with a screenshot."""
    login = home.post("Login screen #bug", f"{DAY} 09:00", f"{DAY} 10:00")
    mail = home.post("Mail", f"{DAY} 10:00", f"{DAY} 11:00", billable=False)
    monday = home.post("Planning", "2026-11-16 09:00", "2026-11-16 10:00")
    return (
        taken(home, login, f"{DAY} 09:30"),
        taken(home, mail, f"{DAY} 10:30", active=100),
        taken(home, monday, "2026-11-16 09:05", active=7),
    )


def test_a_list_says_when_whose_of_what_and_how_active(home: Home) -> None:
    login, _, monday = a_week(home)
    user = home.ok("users", "--json").data[0]["email"]
    home.environ["COLUMNS"] = str(53 + 24 + len(user))
    shown = home.ok("screenshots", "-o", "table").out
    width = len(user)
    assert shown.splitlines() == [
        f"Time   {'User':<{width}}  Entry                   Activity",
        "Mon 2026-11-16",
        f"09:05  {user}  web: Planning                7 %  █▋",
        "",
        "Fri 2026-11-20",
        f"09:30  {user}  web: Login screen #bug      62 %  ██████████████▉",
        f"10:30  {user}  web: Mail                  100 %  ████████████████████████",
    ]
    rows = home.ok("screenshots").out.splitlines()
    assert rows[0] == "id\tcaptured_at\tuser\tproject\tentry\tactivity"
    assert rows[1] == f"{monday}\t2026-11-16T09:05:00+01:00\t{user}\tweb\tPlanning\t0.0700"
    found = home.ok("screenshots", "--today", "--json")
    assert found.json["meta"] == {"from": DAY, "to": DAY, "zone": "Europe/Berlin"}
    assert {key: found.data[0][key] for key in ("id", "captured_at", "entry", "activity", "file")} == {
        "id": login,
        "captured_at": f"{DAY}T08:30:00Z",
        "entry": "Login screen #bug",
        "activity": 0.62,
        "file": None,
    }


def test_without_one_it_says_so(home: Home) -> None:
    nothing = f"No screenshots: Friday {DAY}.\n"
    assert home.ok("screenshots", "--today", "-o", "table").out == nothing
    folder = home.home / "pictures"
    assert home.ok("screenshots", "--today", "--download", str(folder)).out == nothing
    assert not folder.exists()


def test_a_day_is_the_users_not_the_services(home: Home) -> None:
    entry = home.post("Late", f"{DAY} 00:10", f"{DAY} 00:50")
    late = taken(home, entry, f"{DAY} 00:30")  # in UTC that is still the day before
    assert listed(home, "--today") == [late]
    assert listed(home, "--yesterday") == []


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (["-p", "web"], [2, 0, 1]),
        (["--not-project", "web"], []),
        (["-t", "bug"], [0]),
        (["--search", "LOGIN"], [0]),
        (["--no-billable"], [1]),
        (["--billable", "--today"], [0]),
        (["last", "month"], []),
    ],
)
def test_filters_are_about_the_entries(home: Home, words: list[str], places: list[int]) -> None:
    shots = a_week(home)
    assert listed(home, *words) == [shots[place] for place in places]


def test_one_whose_entry_is_not_known_fits_no_filter(home: Home, site: Site, tmp_path: Path) -> None:
    other = site.home(tmp_path / "other", site.key(f"other {tmp_path.name}"))
    theirs = other.post("Theirs", f"{DAY} 09:00", f"{DAY} 10:00")
    shot = taken(home, theirs, f"{DAY} 09:30")
    assert listed(home) == [shot]
    assert listed(home, "--not-project", "web") == []
    assert theirs in home.ok("screenshots", "-o", "table").out


def test_a_manager_sees_one_or_all_and_a_member_only_their_own(
    home: Home, site: Site, tmp_path: Path
) -> None:
    mine = a_week(home)
    boss = site.home(tmp_path / "boss", site.boss)
    boss.environ["CLOCKEYE_USER"] = site.boss.user_id
    own = taken(boss, boss.post("Own", f"{DAY} 09:00", f"{DAY} 10:00"), f"{DAY} 09:30")
    email = next(
        row["email"] for row in boss.ok("users", "--json").data if row["user_id"] == home.key.user_id
    )
    assert listed(boss) == [own]
    assert listed(boss, "--user", email.upper()) == [mine[2], mine[0], mine[1]]
    assert {own, *mine} <= set(listed(boss, "--user", "all"))
    everybody = {row["user"] for row in boss.ok("screenshots", "--user", "all", "--json").data}
    assert {email, "boss@clockeye.invalid"} <= everybody
    refused = boss.run("screenshots", "--user", "nobody", "--json")
    assert (refused.code, json.loads(refused.err)["error"]["code"]) == (2, "user_not_found")
    assert set(listed(home, "--user", "all")) == set(mine)


def test_a_download_fetches_only_what_is_not_there(home: Home, tmp_path: Path) -> None:
    shots = a_week(home)
    folder = tmp_path / "made" / "pictures"
    assert home.ok("screenshots", "--today", "--download", str(folder)).out == f"Downloaded 2 to {folder}.\n"
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{shot}.png" for shot in shots[:2])
    assert (folder / f"{shots[0]}.png").read_bytes() == PNG + shots[0].encode()
    (folder / f"{shots[0]}.png").write_bytes(b"mine now")
    again = home.ok("screenshots", "--download", str(folder))
    assert again.out == f"Downloaded 1 to {folder}; 2 already existed.\n"
    assert (folder / f"{shots[0]}.png").read_bytes() == b"mine now"
    files = [row["file"] for row in home.ok("screenshots", "--download", str(folder), "--json").data]
    assert files == [str(folder / f"{shots[place]}.png") for place in (2, 0, 1)]


def test_several_downloads_at_once_make_each_file_once(home: Home, tmp_path: Path) -> None:
    entry = home.post("Work", f"{DAY} 09:00", f"{DAY} 10:00")
    shots = {taken(home, entry, f"{DAY} 09:{minute:02}") for minute in range(20)}
    folder = tmp_path / "pictures"
    environ = {**os.environ, **home.environ, "HOME": str(home.home)}
    command = [sys.executable, "-m", "clockeye_cli", "screenshots", DAY, "--download", str(folder)]
    many = [
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in many:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, (out, err)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        f"{shot}.png": PNG + shot.encode() for shot in shots
    }


def test_a_sheet_holds_its_pictures_and_loads_and_runs_nothing(home: Home, tmp_path: Path) -> None:
    entry = home.post(HOSTILE, f"{DAY} 09:00", f"{DAY} 10:00")
    shots = [taken(home, entry, f"{DAY} 09:30"), taken(home, entry, f"{DAY} 09:40")]
    file = tmp_path / "sheet.html"
    said = home.ok("screenshots", "--save", str(file))
    assert (said.out, said.err) == ("", f"Saved to {file}.\n")
    page = Page(file)
    pictures = [attributes["src"] for tag, attributes in page.tags if tag == "img"]
    assert [picture(src) for src in pictures] == [PNG + shot.encode() for shot in shots]
    assert {tag for tag, _ in page.tags} <= PLAIN_TAGS
    assert {name for _, attributes in page.tags for name in attributes} <= PLAIN_ATTRIBUTES
    assert not re.search(r"https?:|url\(|@import|<script", page.text.replace("src=https://evil", ""))
    policy = next(
        each["content"] for tag, each in page.tags if each.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy
    assert "\u202e" not in page.text
    assert "Fri 2026-11-20" in page.shown
    assert "web: <img src=https://evil.example onerror=alert(1)> \\u202e [/red]" in page.shown
    assert home.run("screenshots", "--save", str(file)).code == 2
    home.ok("screenshots", "--save", str(file), "--force")
    home.ok("screenshots", "--save", str(tmp_path / "list.csv"))
    assert (tmp_path / "list.csv").read_text().startswith("id,captured_at,user,project,entry,activity\n")


def test_a_sheet_is_written_to_a_page_alone(home: Home, tmp_path: Path) -> None:
    assert home.run("screenshots", "-o", "csv", "--save", str(tmp_path / "x.html")).code == 2
    assert home.run("screenshots", "--save", str(tmp_path / "x.png")).code == 2


def test_a_hostile_description_reaches_no_terminal(home: Home) -> None:
    taken(home, home.post(HOSTILE, f"{DAY} 09:00", f"{DAY} 10:00"), f"{DAY} 09:30")
    home.environ["COLUMNS"] = "200"
    shown = home.ok("--color", "never", "screenshots", terminal=True).out
    assert "[/red]" in shown
    assert not re.search("[\x1b\u202e]", shown)


def test_an_account_its_permission_and_its_answer_are_needed(site: Site, tmp_path: Path) -> None:
    local = App(tmp_path / "local").run("screenshots", "--json")
    assert (local.code, json.loads(local.err)["error"]["code"]) == (3, "no_account")
    for given, missing in (
        ("time_entries:read", "screenshots:read"),
        ("screenshots:read", "time_entries:read"),
    ):
        key = site.key(f"only {given} {tmp_path.name}", permissions=(given,))
        refused = site.home(tmp_path / given, key).run("screenshots")
        assert (refused.code, refused.out) == (4, "")
        assert missing in refused.err
    away = site.home(tmp_path / "away", site.boss)
    away.environ["CLOCKEYE_API_URL"] = "http://127.0.0.1:1/v1"
    assert away.run("screenshots").code == 5


# --- with a service that means ill --------------------------------------------------------------------------


class Service:
    """A service whose answers a test writes: its list of screenshots, and what lies at other addresses."""

    def __init__(self) -> None:
        self.shots: list[dict[str, Any]] = []
        self.files: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str | None]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                service.asked.append((path, self.headers.get("Authorization")))
                lists: dict[str, list[dict[str, Any]]] = {
                    "/v1/time-entries": [],
                    "/v1/screenshots": service.shots,
                }
                lists["/v1/users"] = [{"id": "usr_me", "email": "me@example.com", "role": "member"}]
                if path in lists:
                    rows = lists[path]
                    self._say(200, {}, json.dumps({"data": rows, "meta": {"total": len(rows)}}).encode())
                else:
                    self._say(*service.files.get(path, (404, {}, b"")))

            def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def shot(self, number: int, **fields: Any) -> str:
        """Add a screenshot and its picture; `body`, `status` and `headers` are the picture's."""
        body, status = fields.pop("body", PNG), fields.pop("status", 200)
        self.files[f"/{number}"] = (status, fields.pop("headers", {}), body)
        row: dict[str, Any] = {"id": f"scr_{number}", "user_id": "usr_me", "url": f"{self.origin}/{number}"}
        row |= {"captured_at": f"{DAY}T08:00:{number:02}Z", "activity_level": 50}
        self.shots.append(row | fields)
        return str(self.shots[-1]["id"])


@pytest.fixture
def service() -> Iterator[Service]:
    found = Service()
    yield found
    found.close()


@pytest.fixture
def app(service: Service, tmp_path: Path) -> App:
    found = App(tmp_path / "home")
    found.environ |= {"CLOCKEYE_API_URL": f"{service.origin}/v1", "CLOCKEYE_API_KEY": "key_secret"}
    return found


def inside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_cannot_be_had_is_named_and_comes_the_next_time(
    app: App, service: Service, tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    good, gone, half = service.shot(1), service.shot(2, status=404), service.shot(3)
    service.files["/3"] = (200, {"Content-Length": "1000"}, PNG)
    result = app.run("screenshots", "--download", str(folder))
    assert result.code == 6
    assert result.out == f"Downloaded 1 to {folder}.\n"
    assert "2 of 3 pictures are missing:" in result.err
    assert re.search(rf"^  {gone}: .*status 404", result.err, re.MULTILINE)
    assert re.search(rf"^  {half}: ", result.err, re.MULTILINE)
    assert inside(folder) == [f"{good}.png"]
    service.files["/2"] = service.files["/3"] = (200, {}, PNG)
    service.asked.clear()
    assert (
        app.ok("screenshots", "--download", str(folder)).out
        == f"Downloaded 2 to {folder}; 1 already existed.\n"
    )
    assert [path for path, _ in service.asked if path in service.files] == ["/2", "/3"]


@pytest.mark.parametrize(
    "hostile",
    [
        "../evil",
        "TMP/evil",
        "..",
        ".",
        "a/b",
        "a\\b",
        "a\0b",
        "a\nclockeye: b",
        "-rf",
        "C:evil",
        "x" * 300,
        "ä",
    ],
)
def test_a_hostile_id_is_no_name_of_a_file(app: App, service: Service, tmp_path: Path, hostile: str) -> None:
    folder = tmp_path / "deep" / "pictures"
    service.shot(1, id=hostile.replace("TMP", str(tmp_path)))
    good = service.shot(2)
    result = app.run("screenshots", "--download", str(folder))
    assert result.code == 6
    assert "\nclockeye" not in result.err
    assert inside(folder) == [f"{good}.png"]
    assert inside(tmp_path) == ["deep", "home"]
    assert inside(tmp_path / "deep") == ["pictures"]


def test_a_links_target_is_never_written(app: App, service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    shot = service.shot(1)
    (folder / f"{shot}.png").symlink_to(tmp_path / "target")
    app.ok("screenshots", "--download", str(folder))
    assert not (tmp_path / "target").exists()


def test_the_key_stays_with_its_origin_and_no_redirect_is_followed(
    app: App, service: Service, tmp_path: Path
) -> None:
    other = Service()
    try:
        other.shot(1)
        elsewhere = service.shot(1, url=f"{other.origin}/1")
        service.shot(2, status=302, headers={"Location": f"{other.origin}/2"})
        service.shot(3, status=200, url=f"{service.origin}/3")
        assert app.run("screenshots", "--download", str(tmp_path / "pictures")).code == 6
    finally:
        other.close()
    assert inside(tmp_path / "pictures") == [f"{elsewhere}.png", "scr_3.png"]
    assert other.asked == [("/1", None)]
    keyed = {path for path, key in service.asked if key}
    assert keyed == {"/v1/users", "/v1/time-entries", "/v1/screenshots"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "http://example.com/1",
        "https://me:secret@example.com/1",
        "//evil",
        "x" * 9000,
    ],
)
def test_an_address_that_is_not_safe_is_not_asked(
    app: App, service: Service, url: str, tmp_path: Path
) -> None:
    service.shot(1, url=url)
    result = app.run("screenshots", "--download", str(tmp_path / "pictures"))
    assert (result.code, inside(tmp_path / "pictures")) == (6, [])
    assert "scr_1: The address " in result.err
    assert "secret" not in result.err


@pytest.mark.parametrize(
    "body",
    [b"", b"<svg onload=alert(1)>", b"<!doctype html>", b"%PDF-1.7", b"MZ", PNG + b"a" * 10 * 1024 * 1024],
    ids=["empty", "svg", "html", "pdf", "program", "over 10 MiB"],
)
def test_what_is_no_picture_or_too_large_is_not_kept(
    app: App, service: Service, body: bytes, tmp_path: Path
) -> None:
    service.shot(1, body=body, headers={"Content-Type": "image/png"})
    sheet = tmp_path / "sheet.html"
    words = ("screenshots", "--download", str(tmp_path / "pictures"), "--save", str(sheet))
    assert app.run(*words).code == 6
    assert inside(tmp_path / "pictures") == []
    page = Page(sheet)
    assert "img" not in {tag for tag, _ in page.tags}
    assert "The download is not a picture" in page.shown or "more than 10 MiB" in page.shown


def test_servers_that_are_not_there_are_not_tried_for_ever(
    app: App, service: Service, tmp_path: Path
) -> None:
    for number in range(1, 6):
        service.shot(number, url=f"http://127.0.0.1:1/{number}")
    result = app.run("screenshots", "--download", str(tmp_path / "pictures"))
    assert result.code == 6
    assert result.err.count("Cannot reach") == 3
    assert result.err.count("Skipped") == 2


def test_a_service_that_drips_is_given_up_as_one_that_cannot_be_reached(app: App) -> None:
    let_go = threading.Event()

    def drip(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(answer(b"", length=100_000))
        while not let_go.wait(0.1):
            connection.sendall(b" ")

    with listening(drip) as server:
        app.environ["CLOCKEYE_API_URL"] = server.url
        result = app.run("screenshots")
        let_go.set()
    assert (result.code, result.out) == (5, "")
    assert "did not finish its answer in time" in result.err


def test_one_without_a_time_or_with_an_odd_one_is_listed_last(
    app: App, service: Service, tmp_path: Path
) -> None:
    odd: list[object] = [None, "soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", 5]
    ids = [service.shot(number, captured_at=at, activity_level=10**400) for number, at in enumerate(odd)]
    timed = service.shot(9, activity_level=-3)
    rows = app.ok("screenshots", "--all", "--json").data
    assert [row["id"] for row in rows] == [timed, *ids]
    assert [row["captured_at"] for row in rows] == [f"{DAY}T08:00:09Z", *[None] * 5]
    assert [row["activity"] for row in rows] == [0, *[1] * 5]
    assert "\nTime unknown\n" in app.ok("screenshots", "-o", "table").out
    app.ok("screenshots", "--save", str(tmp_path / "sheet.html"))
    assert "Time unknown" in Page(tmp_path / "sheet.html").shown


def test_a_service_that_ignores_what_is_asked_gives_the_same_list(app: App, service: Service) -> None:
    service.shot(1, user_id="usr_other")
    service.shot(2, captured_at="2026-11-13T08:00:00Z")
    nobodys = service.shot(3, user_id=None)
    assert listed(app) == [nobodys]


def test_a_folder_that_cannot_be_made_is_exit_7(app: App, service: Service, tmp_path: Path) -> None:
    service.shot(1)
    (tmp_path / "file").write_text("")
    result = app.run("screenshots", "--download", str(tmp_path / "file"))
    assert result.code == 7
    assert str(tmp_path / "file") in result.err


def test_pictures_are_known_by_their_first_bytes() -> None:
    riff = b"RIFF" + struct.pack("<I", 10) + b"WEBP"
    for kind, content in zip(KINDS, (PNG, b"\xff\xd8\xff\xe0", b"GIF89a", riff), strict=True):
        assert kind_of(content + b"...") == kind


# --- what a page holds --------------------------------------------------------------------------------------

PLAIN_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "small", "p"),
    *("div", "figure", "figcaption", "img", "strong", "span", "meter"),
}
PLAIN_ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "src", "alt", "max", "value", "title"),
}


class Page(HTMLParser):
    """A page as a browser would take it apart."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.shown = ""
        self.text = path.read_text()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.shown += data


def picture(src: str) -> bytes:
    head, _, content = src.partition(",")
    assert head == "data:image/png;base64"
    return b64decode(content)
