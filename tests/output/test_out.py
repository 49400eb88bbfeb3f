"""The streams that output goes to, in each mode."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.errors import ClashError, ClockeyeError, StorageError, UsageError
from clockeye_cli.output.cells import Record
from clockeye_cli.output.formats import FORMATS
from clockeye_cli.output.out import Out
from clockeye_cli.output.streams import has_color, width_of
from tests.output.captured import Captured, Screen
from tests.output.sample_tables import ENTRY, LOG, NINE

if TYPE_CHECKING:
    import io

TEXTUAL = [name for name, each in FORMATS.items() if not each.extra]
"""The formats that are text; the others need an optional library."""

RECORD = Record(ENTRY, ("te_1", NINE, "x", 60, "te_a"))


def test_a_success_is_a_line_that_quiet_drops() -> None:
    for quiet, expected in ((False, "Stopped.\n"), (True, "")):
        screen = Screen(quiet=quiet)
        screen.out.done("Stopped.", RECORD)
        assert (screen.printed, screen.noticed) == (expected, "")


@pytest.mark.parametrize("name", TEXTUAL)
def test_a_success_in_a_format_is_said_even_when_quiet(name: str) -> None:
    loud, quiet = Screen(format=name), Screen(format=name, quiet=True)
    for screen in (loud, quiet):
        screen.out.done("Stopped.", RECORD)
    assert "te_1" in loud.printed
    assert quiet.printed == loud.printed


def test_several_things_touched_are_a_list_in_json() -> None:
    screen = Screen(format="json")
    screen.out.done("Deleted two.", LOG)
    assert [row["id"] for row in json.loads(screen.printed)["data"]] == ["te_1", "te_2"]


def test_a_result_is_never_dropped() -> None:
    screen = Screen(quiet=True)
    screen.out.result("No timer is running.", None)
    assert screen.printed == "No timer is running.\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", '{"version": 1, "data": null, "meta": {"zone": "UTC"}}\n'),
        ("table", "No timer is running.\n"),
        ("tsv", ""),
        ("csv", ""),
        ("ndjson", ""),
        ("markdown", ""),
    ],
)
def test_no_result_in_each_format(name: str, expected: str) -> None:
    screen = Screen(format=name)
    screen.out.result("No timer is running.", None, {"zone": "UTC"})
    assert screen.printed == expected


def test_a_result_of_several_lines_is_a_list_and_a_newline_in_one_is_shown() -> None:
    screen = Screen()
    screen.out.result(["Stopped a\nb.", "Started c."], None)
    screen.out.notice(["One.", "Two\r."])
    assert screen.printed == "Stopped a\\nb.\nStarted c.\n"
    assert screen.noticed == "One.\nTwo\\r.\n"


def test_quiet_drops_notices_but_no_errors() -> None:
    screen = Screen(quiet=True)
    screen.out.notice("2 entries wait to be sent.")
    screen.out.error(UsageError("What?", hint="That."))
    assert (screen.printed, screen.noticed) == ("", "clockeye: What?\n  That.\n")


def test_on_a_terminal_the_first_word_of_an_error_is_bold_and_its_hint_dim() -> None:
    error = UsageError("What?", hint="That.\nOr this.")
    for environ, color in (({"TERM": "xterm"}, "auto"), ({}, "always")):
        screen = Screen(terminal=True, environ=environ, color=color)
        screen.out.error(error)
        assert screen.noticed == (
            "\x1b[1mclockeye:\x1b[0m What?\n\x1b[2m  That.\x1b[0m\n\x1b[2m  Or this.\x1b[0m\n"
        )
    for environ in ({"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}, {}):
        screen = Screen(terminal=True, environ=environ, color="auto")
        screen.out.error(error)
        assert screen.noticed == "clockeye: What?\n  That.\n  Or this.\n"


def test_an_error_of_several_lines_is_indented() -> None:
    screen = Screen()
    screen.out.error(ClashError("It overlaps:\nte_1 9:00\x1b\nte_2 10:00", hint="Store it: --overlap"))
    assert screen.noticed == (
        "clockeye: It overlaps:\n  te_1 9:00\\x1b\n  te_2 10:00\n  Store it: --overlap\n"
    )


def test_an_error_in_json() -> None:
    screen = Screen()
    screen.out.error(ClockeyeError("Ä broke.", hint="Mend it.", code="thing"), json=True)
    assert screen.printed == ""
    assert screen.noticed == (
        '{"version": 1, "error": {"code": "thing", "message": "Ä broke.", "hint": "Mend it."}}\n'
    )


def test_a_document_is_written_as_it_is() -> None:
    screen = Screen(terminal=True, quiet=True)
    screen.out.document("a\x1b[1mb\r\n")
    assert screen.printed == "a\x1b[1mb\r\n"


def test_a_document_comes_after_the_line_before_it() -> None:
    screen = Screen()
    screen.out.done("One.", None)
    screen.out.document("two\n")
    screen.out.done("Three.", None)
    assert screen.printed == "One.\ntwo\nThree.\n"


def test_characters_that_the_terminal_lacks_are_question_marks() -> None:
    screen = Screen(encoding="ascii", terminal=True)
    screen.out.done("Started für 日本.", None)
    screen.out.notice("ü")
    assert (screen.printed, screen.noticed) == ("Started f?r ??.\n", "?\n")


def test_the_zone_is_asked_for_once_and_only_if_a_time_is_shown() -> None:
    calls: list[tzinfo] = []

    def zone() -> tzinfo:
        calls.append(UTC)
        return UTC

    screen = Screen(zone=zone, format="json")
    screen.out.table(LOG)
    assert not calls
    for name in ("tsv", "tsv"):
        screen = Screen(zone=zone, format=name)
        screen.out.table(LOG)
        screen.out.table(LOG)
    assert len(calls) == 2


class Full(Captured):
    """A stream on a disk without room."""

    error = OSError(errno.ENOSPC, "No space left on device")

    def write(self, *_: object) -> int:
        raise self.error


class Gone(Full):
    """A pipe whose reader has left."""

    error = BrokenPipeError(errno.EPIPE, "Broken pipe")


def out_to(stdout: io.TextIOWrapper | None, stderr: io.TextIOWrapper | None) -> Out:
    return Out(stdout=stdout, stderr=stderr, quiet=False, color="auto", zone=UTC, environ={})


def test_a_full_disk_behind_standard_output_is_a_storage_error() -> None:
    with pytest.raises(StorageError, match="Cannot write to standard output: No space left on device"):
        out_to(Full(), Captured()).result("x", None)


def test_a_reader_that_left_is_no_error_of_ours() -> None:
    with pytest.raises(BrokenPipeError):
        out_to(Gone(), Captured()).result("x", None)


def test_standard_error_that_cannot_be_written_stops_nothing() -> None:
    for stderr in (Full(), Gone(), None):
        out_to(Captured(), stderr).notice("x")
        out_to(Captured(), stderr).error(UsageError("x"))


def test_streams_that_were_closed_before_we_began() -> None:
    with pytest.raises(StorageError, match="it is closed"):
        out_to(None, None).result("x", None)
    out_to(None, None).flush()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has /dev/full")
def test_a_full_device_fails_at_the_flush() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        out = out_to(full, Captured())
        out.result("x", None)
        with pytest.raises(StorageError):
            out.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())  # so that closing it works


@pytest.mark.parametrize(
    ("choice", "environ", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, False, False),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colours(choice: str, environ: dict[str, str], terminal: bool, expected: bool) -> None:
    assert has_color(choice, environ, on_terminal=terminal) is expected
    screen = Screen(color=choice, environ=environ, terminal=terminal, format="table")
    screen.out.table(LOG)
    assert ("\x1b[" in screen.printed) is expected


@pytest.mark.parametrize("name", sorted({*TEXTUAL} - {"table"}))
def test_only_tables_have_colours(name: str) -> None:
    screen = Screen(color="always", format=name, terminal=True)
    screen.out.table(LOG)
    assert "\x1b" not in screen.printed


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("100", 100), ("7", 40), ("999", 200), ("", 80), ("wide", 80), ("0", 80), ("²", 80)],
)
def test_the_width_is_between_40_and_200(columns: str, expected: int) -> None:
    assert width_of(None, {"COLUMNS": columns}) == expected
    assert Screen(environ={"COLUMNS": columns}).out.width == expected


def test_a_plain_line_loads_nothing_heavy() -> None:
    script = (
        "import sys, datetime\n"
        "before = set(sys.modules)\n"
        "from clockeye_cli.output.out import Out\n"
        "out = Out(stdout=sys.stdout, stderr=sys.stderr, zone=datetime.UTC, environ={})\n"
        "out.result('x', None); out.notice('y'); out.flush()\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    line, loaded = done.stdout.splitlines()
    assert line == "x"
    heavy = {"rich", "json", "csv", "shutil", "subprocess", "pathlib", "dataclasses", "importlib", "shlex"}
    assert not heavy & set(loaded.split())
    assert [name for name in loaded.split() if name.startswith("clockeye_cli.output.")] == [
        "clockeye_cli.output.out",
        "clockeye_cli.output.streams",
    ]
