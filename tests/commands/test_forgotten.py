"""A timer that somebody forgot to stop: asked about at a terminal, pointed out elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import refused

if TYPE_CHECKING:
    from tests.app import App

QUESTION = (
    "web: Fix, since 2026-11-19 15:00: that is 18:00:00, longer than max_timer (12h).\n"
    "When did it end? A time, or now{}: "
)


@pytest.fixture
def forgotten(app: App) -> App:
    """A timer that was started yesterday at three, and it is nine."""
    app.at("2026-11-19 15:00:00").ok("start", "Fix", "-p", "web")
    app.ok("cancel", "-y")
    app.ok("start", "Fix", "-p", "web")
    return app.at("2026-11-20 09:00:00")


@pytest.mark.parametrize(
    ("answer", "ended"),
    [
        ("17:30", "2026-11-19 17:30:00"),
        ("1am", "2026-11-20 01:00:00"),
        ("yesterday 18:00", "2026-11-19 18:00:00"),
        ("2h ago", "2026-11-20 07:00:00"),
        ("now", "2026-11-20 09:00:00"),
    ],
)
def test_stop_asks_when_it_ended(forgotten: App, answer: str, ended: str) -> None:
    result = forgotten.ok("stop", stdin=f"{answer}\n", terminal=True)
    assert result.err.startswith(QUESTION.format(""))
    assert [entry[:2] for entry in forgotten.entries()] == [("2026-11-19 15:00:00", ended)]
    assert ("max_timer" in result.err.removeprefix(QUESTION.format(""))) == (answer in ("now", "2h ago"))


def test_enter_takes_the_end_of_the_working_hours_of_its_day(forgotten: App) -> None:
    forgotten.ok("config", "set", "work_hours", "08:00-16:30")
    result = forgotten.ok("stop", stdin="\n", terminal=True)
    assert result.err == QUESTION.format(" [2026-11-19 16:30]")
    assert result.out == "Stopped web: Fix, 2026-11-19 15:00–16:30 (1:30:00).\n"


@pytest.mark.parametrize("hours", ["", "08:00-14:00"])
def test_else_enter_takes_the_latest_change_in_this_store(forgotten: App, hours: str) -> None:
    if hours:  # they were over when it was started
        forgotten.ok("config", "set", "work_hours", hours)
    forgotten.at("2026-11-19 17:12:30").ok("add", "Call", "--for", "5m", "--overlap")
    result = forgotten.at("2026-11-20 09:00:00").ok("stop", stdin="\n", terminal=True)
    assert result.err == QUESTION.format(" [2026-11-19 17:12:30]") + (
        "Overlaps existing entries:\n" + result.err.split("Overlaps existing entries:\n")[1]
    )
    assert result.out == "Stopped web: Fix, 2026-11-19 15:00–17:12 (2:12:30).\n"


def test_without_anything_to_propose_enter_is_asked_again_and_so_is_what_cannot_be(forgotten: App) -> None:
    result = forgotten.ok("stop", stdin="\nsoon\n14:00 yesterday\nyesterday 14:00\n17:00\n", terminal=True)
    again = "When did it end? A time, or now: "
    assert result.err == (
        QUESTION.format("")
        + f"Invalid time ''.\n{again}"
        + f"Invalid time 'soon'.\n{again}"
        + f"2026-11-19 14:00 is not between the start, 2026-11-19 15:00, and now.\n{again}"
        + f"2026-11-19 14:00 is not between the start, 2026-11-19 15:00, and now.\n{again}"
    )
    assert result.out == "Stopped web: Fix, 2026-11-19 15:00–17:00 (2:00:00).\n"


@pytest.mark.parametrize("command", ["start Review", "resume"])
def test_start_and_resume_ask_and_begin_now(forgotten: App, command: str) -> None:
    forgotten.at("2026-11-18 09:00:00").ok("add", "Old", "--for", "5m")
    forgotten.at("2026-11-20 09:00:00")
    result = forgotten.ok(*command.split(), stdin="17:00\n", terminal=True)
    lines = result.out.splitlines()
    assert lines[0] == "Stopped web: Fix, 2026-11-19 15:00–17:00 (2:00:00)."
    assert lines[1].endswith(", at 09:00.")


@pytest.mark.parametrize(
    ("args", "terminal"),
    [(["stop"], False), (["stop", "--no-input"], True), (["stop", "--json"], True), (["start", "x"], False)],
)
def test_a_script_is_not_asked_and_told_with_the_command_that_fixes_it(
    forgotten: App, args: list[str], terminal: bool
) -> None:
    result = forgotten.ok(*args, stdin="17:00\n", terminal=terminal)
    name = "it" if args[0] == "stop" else "last"
    assert result.err == (
        "That is 18:00:00, longer than max_timer (12h). Did you forget to stop it?"
        f" `clockeye edit {name} --to WHEN` fixes it.\n"
    )
    assert forgotten.entries()[0][1] == "2026-11-20 09:00:00"


def test_nothing_is_asked_with_a_time_or_in_quiet(forgotten: App) -> None:
    assert forgotten.ok("stop", "--at", "1am", terminal=True).err == ""
    forgotten.ok("undo")
    assert forgotten.ok("stop", "-q", terminal=True).err == ""


def test_no_answer_stores_nothing(forgotten: App) -> None:
    assert refused(forgotten, "stop", terminal=True) == (
        2,
        f"{QUESTION.format('')}\nclockeye: No answer given.\n  Answer with --at WHEN.\n",
    )


def test_plain_clockeye_never_asks_and_prints_the_one_line_to_paste(forgotten: App) -> None:
    forgotten.ok("config", "set", "work_hours", "08:00-16:30")
    result = forgotten.ok(terminal=True)
    assert result.out == "web: Fix, since 2026-11-19 15:00 (18:00:00)\n"
    assert result.err == (
        "That is 18:00:00, longer than max_timer (12h). Did you forget to stop it?"
        " `clockeye stop --at '2026-11-19 16:30'` stops it then.\n"
    )
    stopped = forgotten.ok("stop", "--at", "2026-11-19 16:30")
    assert stopped.out == "Stopped web: Fix, 2026-11-19 15:00–16:30 (1:30:00).\n"
