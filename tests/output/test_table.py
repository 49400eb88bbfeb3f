"""Drawn tables: straight columns at every width, whatever the text."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.terminal.layout import lay_out
from clockeye_cli.output.terminal.measure import cut, steady
from tests.hostile_text import HOSTILE
from tests.output.captured import Screen
from tests.output.sample_tables import LOG, NINE, described

WIDTHS = [40, 60, 80, 120, 200]
REPORT = Table(
    (
        Column("project", "Project"),
        Column("entries", "Entries", "count", drop=1),
        Column("duration", "Duration", "duration"),
        Column("share", "Share", "share"),
        Column("bar", "", "bar"),
    ),
    [
        Section(
            "",
            [("website", 12, 36001, 0.75, 0.75), ("api", 3, 12000, 0.25, 0.25), ("none", 0, None, 0.0, 0.0)],
        )
    ],
    total=("Total", 15, 48001, None, None),
)


def drawn(table: Table, columns: int, *, encoding: str = "utf-8", color: str = "never") -> list[str]:
    screen = Screen(format="table", environ={"COLUMNS": str(columns)}, encoding=encoding, color=color)
    screen.out.table(table)
    return screen.printed.removesuffix("\n").split("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "shift_jis"])
@pytest.mark.parametrize("columns", WIDTHS)
def test_hostile_text_leaves_columns_straight(columns: int, encoding: str) -> None:
    lines = drawn(described(HOSTILE), columns, encoding=encoding)
    assert len(lines) == len(HOSTILE) + 1
    assert max(map(cell_len, lines)) <= columns
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}
    assert all(re.search(r"  0:0\d:\d\d$", line) for line in lines[1:])


def test_a_table_has_no_escape_sequence_and_no_space_at_the_end_of_a_line() -> None:
    for columns in WIDTHS:
        for line in drawn(described(HOSTILE), columns) + drawn(REPORT, columns) + drawn(LOG, columns):
            assert line == line.rstrip()
            assert "\x1b" not in line


def test_colours_change_nothing_but_colours() -> None:
    plain, colored = drawn(LOG, 80), drawn(LOG, 80, color="always")
    assert [re.sub(r"\x1b\[[0-9]+m", "", line) for line in colored] == plain
    assert colored[2].startswith("\x1b[2mID\x1b[0m    \x1b[2mStart\x1b[0m")
    assert colored[3] == "\x1b[1mFriday\x1b[0m                       \x1b[1m1:15:00\x1b[0m"
    assert colored[4].startswith("\x1b[2mte_1\x1b[0m  09:00")


def test_a_report_with_bars() -> None:
    assert drawn(REPORT, 80) == [
        "Project  Entries  Duration  Share",
        "website       12  10:00:01   75 %  ██████████████████",
        "api            3   3:20:00   25 %  ██████",
        "none           0              0 %",
        "         ───────  ────────",
        "Total         15  13:20:01",
    ]


def test_a_report_on_a_narrow_terminal_has_short_bars_and_short_names() -> None:
    assert drawn(REPORT, 40)[1] == "website       12  10:00:01   75 %  ███▊"
    wide = REPORT._replace(sections=[Section("", [("a longer name of it", 12, 36001, 0.75, 0.75)])])
    assert drawn(wide, 40)[1] == "a longer na…      12 10:00:01  75 % ███"


def test_bars_and_shares_go_by_their_numbers_where_names_would_be_cut_too_short() -> None:
    sums = (Column(f"sum{number}", "", "duration") for number in range(3))
    last = (Column("share", "Share", "share", drop=2), Column("bar", "", "bar", drop=1))
    row = ("a longer name", 36001, 36001, 36001, 0.5, 0.5)
    table = Table((Column("project", "Project"), *sums, *last), [Section("", [row])])
    assert drawn(table, 60)[1] == "a longer name  10:00:01  10:00:01  10:00:01   50 %  ████"
    assert drawn(table, 50)[1] == "a longer na… 10:00:01 10:00:01 10:00:01  50 % ██"
    assert drawn(table, 47)[1] == "a longer name 10:00:01 10:00:01 10:00:01 ███"
    assert drawn(table, 43)[1] == "a longer name 10:00:01 10:00:01 10:00:01"


def test_without_lines_and_blocks_in_the_encoding_ascii_draws() -> None:
    assert drawn(REPORT, 80, encoding="ascii")[1:5] == [
        "website       12  10:00:01   75 %  ##################",
        "api            3   3:20:00   25 %  ######",
        "none           0              0 %",
        "         -------  --------",
    ]
    assert "~" in drawn(described(["word " * 50]), 40, encoding="ascii")[1]


def test_a_long_title_widens_text_so_that_its_sum_stands_at_the_right_edge() -> None:
    title = "Wednesday 18 November 2026, a holiday"
    rows = [("te_1", NINE, "x", 61, "te_a")]
    lines = drawn(LOG._replace(heading="", total=None, sections=[Section(title, rows, title_total=61)]), 80)
    assert lines[1] == f"{title}  0:01:01"
    assert cell_len(lines[2]) == cell_len(lines[1])
    narrow = drawn(LOG._replace(heading="", total=None, sections=[Section(title, rows, title_total=61)]), 40)
    assert narrow[1] == "Wednesday 18 November 2026, a…   0:01:01"


def test_a_section_has_its_own_sum() -> None:
    rows = [("te_1", NINE, "x", 61, "te_a")]
    total = (None, None, None, 61, None)
    lines = drawn(Table(LOG.columns, [Section("A", rows, total), Section("B", rows, total)]), 80)
    assert lines == [
        "ID    Start  Description  Duration",
        "A",
        "te_1  09:00  x             0:01:01",
        "                          ────────",
        "                           0:01:01",
        "",
        "B",
        "te_1  09:00  x             0:01:01",
        "                          ────────",
        "                           0:01:01",
    ]


def test_nothing_prints_no_duration_and_zero_prints_one() -> None:
    rows = [("te_1", NINE, "x", None, ""), ("te_2", NINE, "y", 0, "")]
    assert drawn(Table(LOG.columns, [Section("", rows)]), 80)[1:] == [
        "te_1  09:00  x",
        "te_2  09:00  y                0:00",
    ]


def test_a_heading_is_wrapped_not_cut() -> None:
    table = LOG._replace(heading="From Monday 16 to Sunday 22 November 2026 in Europe/Berlin")
    assert drawn(table, 40)[:3] == ["From Monday 16 to Sunday 22 November", "2026 in Europe/Berlin", ""]


def test_what_is_drawn_can_look_different_from_the_table() -> None:
    seen: list[int] = []

    def look(columns: int) -> list[Table]:
        seen.append(columns)
        return [LOG._replace(heading="One"), LOG._replace(heading="Two")]

    screen = Screen(terminal=True, environ={"COLUMNS": "90"})
    screen.out.table(LOG, look)
    assert seen == [90]
    assert screen.printed.startswith("One\n\n")
    assert "\n\nTwo\n\nID" in screen.printed


@pytest.mark.parametrize("options", [{"format": "json"}, {"columns": "id"}, {}])
def test_the_look_is_only_for_tables_that_are_drawn_whole(options: dict[str, str]) -> None:
    screen = Screen(**options, terminal="columns" in options)  # type: ignore[arg-type]
    screen.out.table(LOG, lambda _: pytest.fail("drawn"))
    assert "te_1" in screen.printed


FIXED, TEXT, BAR = "duration", "text", "bar"


@pytest.mark.parametrize(
    ("kinds", "drops", "naturals", "room", "expected"),
    [
        ([FIXED, TEXT], [0, 0], [8, 20], 40, [8, 20]),  # fits: nobody is widened
        ([FIXED, TEXT], [0, 0], [8, 99], 40, [8, 30]),  # text is cut
        ([TEXT, TEXT], [0, 0], [10, 99], 42, [10, 30]),  # the short one keeps its width
        ([TEXT, TEXT], [0, 0], [99, 99], 42, [20, 20]),  # long ones share
        ([FIXED, FIXED, TEXT], [1, 2, 0], [10, 10, 99], 40, [10, 10, 16]),  # text goes down to 12 first
        ([FIXED, FIXED, TEXT], [1, 2, 0], [10, 16, 99], 40, [10, 16, 12]),  # then columns move together
        ([FIXED, FIXED, TEXT], [1, 2, 0], [10, 17, 99], 40, [10, 0, 29]),  # then the highest number goes
        ([FIXED, FIXED, TEXT], [2, 1, 0], [20, 30, 99], 40, [0, 0, 40]),
        ([FIXED, FIXED, TEXT], [0, 0, 0], [20, 30, 99], 40, [20, 30, 1]),  # what must stay may be too wide
        ([FIXED, BAR], [0, 0], [8, 0], 40, [8, 24]),  # a bar is 24 at most
        ([FIXED, BAR], [0, 0], [8, 0], 20, [8, 10]),
        ([FIXED, BAR], [0, 1], [8, 0], 13, [8, 4]),
        ([FIXED, BAR], [0, 1], [8, 0], 12, [8, 0]),  # and 4 at least
        ([FIXED, TEXT], [0, 0], [8, 0], 40, [8, 0]),  # an empty column without a title takes no room
    ],
)
def test_layout(
    kinds: list[str], drops: list[int], naturals: list[int], room: int, expected: list[int]
) -> None:
    columns = [Column("k", "T", kind, drop=drop) for kind, drop in zip(kinds, drops, strict=True)]  # type: ignore[arg-type]
    assert lay_out(columns, naturals, room).widths == expected


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),  # no blank before the ellipsis
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),  # half a character is none
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("🇩🇪🇫🇷", 3, "🇩🇪…"),
        ("a🇩🇪🇫🇷", 3, "a…"),  # half a flag is none
        ("abc", 1, "…"),
    ],
)
def test_cutting(text: str, columns: int, shown: str) -> None:
    assert cut(text, columns) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("👨‍👩‍👧", "👨👩👧"),
        ("❤️", "❤"),
        ("👍🏽", "👍"),
        ("1️⃣", "1\u20e3"),
        ("🇩🇪", "🇩🇪"),
        ("a\nb\x1b", "a b\\x1b"),
        ("\u3164", "\\u3164"),
    ],
)
def test_text_in_a_table_has_a_width_that_terminals_agree_about(text: str, shown: str) -> None:
    assert steady(text, "utf-8") == shown


def test_a_heading_is_wrapped_between_words_and_within_one_that_is_too_long() -> None:
    table = LOG._replace(heading="a " + "incomprehensibilities" * 2 + " b")
    assert drawn(table, 40)[:4] == ["a", "incomprehensibilitiesincomprehensibiliti", "es b", ""]
