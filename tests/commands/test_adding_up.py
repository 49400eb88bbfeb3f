"""What a report shows adds up: every table is added up again from its printed text, at every width."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clockeye_cli.core.totals import KEYS
from tests.app import App

if TYPE_CHECKING:
    from pathlib import Path

WIDTHS = (40, 60, 80, 120)
BY = [*([key] for key in KEYS if key != "tag"), ["day", "project"], ["project", "description"]]
HUNDREDTH = Decimal("0.01")

numbers = itertools.count()
works = st.lists(
    st.tuples(
        st.integers(0, 6),  # a day of the week
        st.sampled_from([300, 1, 59, 61, 899, 3_601, 7_200, 17_999]),
        st.sampled_from(["acme", "web", "team", "none"]),
        st.sampled_from(["Call", "Plan", "Mail"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def value(cell: str) -> Decimal:
    """A duration or a number of hours: seconds, or hours; an empty cell is 0."""
    if ":" not in cell:
        return Decimal(cell or 0)
    hours, minutes, *seconds = (int(part) for part in cell.split(":"))
    return Decimal(3_600 * hours + 60 * minutes + sum(seconds))


def figures(line: str, ends: list[int]) -> list[str]:
    """The cells of a line that end in the columns where the titles end; empty where there is none."""
    words = {match.end(): match[0] for match in re.finditer(r"\S+", line)}
    return [words.get(end, "") for end in ends]


def check_groups(lines: list[str], ends: list[int]) -> None:
    """Add up the rows of each group again, which are indented below its line."""
    sums: list[list[Decimal]] = []
    for line in lines:
        cell = value(figures(line, ends)[-1])
        if line.startswith("    "):
            sums[-1].append(cell)
        else:
            sums.append([cell])
    assert all(group == sum(rows) for group, *rows in sums), lines


def check_tables(text: str, *, is_decimal: bool) -> int:
    """Add up each table again. Returns the number of tables."""
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if re.search(r"\S +Total\b", line)]
    for number in heads:
        head = lines[number]
        titles = list(re.finditer(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+|Total", head))
        ends = [match.end() for match in titles]
        last = next(n for n, line in enumerate(lines[number:], number) if line.startswith("Total"))
        body = [line for line in lines[number + 1 : last] if not re.fullmatch(r"[ ─-]*", line)]
        if " / " in head:
            check_groups(body, ends)
            body = [line for line in body if not line.startswith("    ")]
        rows = [[value(cell) for cell in figures(line, ends)] for line in body]
        total = [value(cell) for cell in figures(lines[last], ends)]
        assert sum(row[-1] for row in rows) == total[-1], text
        for row in [*rows, total]:
            assert len(row) == 1 or sum(row[:-1]) == row[-1], text
        for place in range(len(ends) - 1):
            off = abs(sum(row[place] for row in rows) - total[place])
            assert off <= (HUNDREDTH if is_decimal else 0), text
        if "Share" in head:
            shares = [int(match[1]) for line in body if (match := re.search(r"(\d+) %", line))]
            assert sum(shares) == 100, text
    return len(heads)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(works)
def test_every_table_adds_up_as_it_is_printed(
    tmp_path: Path, drawn: list[tuple[int, int, str, str, bool]]
) -> None:
    app = App(tmp_path / str(next(numbers)), now="2026-11-22 23:00:00")
    app.environ["NO_COLOR"] = "1"
    for number, (day, lasts, project, text, billable) in enumerate(drawn):
        start = f"2026-11-{16 + day} {6 + number:02}:00"
        flags = ["--from", start, "--for", f"{lasts}s", "--overlap", "-q"]
        app.ok("add", text, "-p", project, "--billable" if billable else "--no-billable", *flags)
    for columns, decimal in itertools.product(WIDTHS, ([], ["--decimal"])):
        app.environ["COLUMNS"] = str(columns)
        for by in ([], *(["--by", ",".join(keys)] for keys in BY)):
            out = app.ok("report", "--week", *by, *decimal, terminal=True).out
            assert check_tables(out, is_decimal=bool(decimal)) >= 1


@pytest.fixture
def three(app: App) -> App:
    """Three times five minutes, on one day."""
    app.environ["NO_COLOR"] = "1"
    for number, name in enumerate(("a", "b", "c")):
        app.ok("add", name, "--from", f"2026-11-20 {9 + number}:00", "--for", "5m", "-q")
    return app


def test_three_times_five_minutes_are_a_quarter_of_an_hour(three: App) -> None:
    assert three.ok("report", "--today", "--by", "description", "--decimal", terminal=True).out == (
        "Fri 20 Nov · today\n"
        "\n"
        "Description  Total  Share\n"
        "a             0.09   34 %  ████████████████████████\n"
        "b             0.08   33 %  ████████████████████████\n"
        "c             0.08   33 %  ████████████████████████\n"
        "             ─────\n"
        "Total         0.25\n"
    )
    log = three.ok("log", "--decimal", terminal=True).out.splitlines()
    assert log[1].split() == ["Fri", "20", "Nov", "·", "today", "0.25"]
    assert [line.split()[2] for line in log[2:]] == ["0.09", "0.08", "0.08"]


def test_formats_for_programs_have_each_value_by_itself(three: App) -> None:
    rows = three.ok("report", "--today", "--by", "description", "--decimal", "--json").data
    assert [(row["duration"], row["hours"]) for row in rows] == [(300, 0.0833)] * 3
    for name, separator in (("tsv", "\t"), ("csv", ",")):
        out = three.ok(
            "report", "--today", "--by", "description", "--columns", "description,hours", "-o", name
        ).out
        assert [line.split(separator) for line in out.splitlines()[1:]] == [[x, "0.0833"] for x in "abc"]
    table = three.ok(
        "report", "--today", "--by", "description", "--columns", "description,hours", "-o", "table"
    ).out
    assert [line.split()[1] for line in table.splitlines()[1:4]] == ["0.09", "0.08", "0.08"]
    markdown = three.ok("log", "--today", "--columns", "hours", "-o", "markdown").out
    assert markdown == "| Hours |\n| ---: |\n| 0.08 |\n| 0.08 |\n| 0.08 |\n"


def test_one_second_shows_the_seconds_of_the_whole_table(three: App) -> None:
    assert "0:05\n" in three.ok("log", "--columns", "duration", "-o", "table").out
    three.ok("add", "Odd", "--from", "8:00", "--for", "61s", "-q")
    assert three.ok("log", "--columns", "duration", "-o", "table").out == (
        "Duration\n 0:01:01\n 0:05:00\n 0:05:00\n 0:05:00\n"
    )


def test_help_says_what_may_be_off(app: App) -> None:
    assert "the column of a day may be off by 0.01" in " ".join(app.ok("help", "durations").out.split())
