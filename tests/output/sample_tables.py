"""Small tables with all kinds of cells."""

from __future__ import annotations

from datetime import date

from clockeye_cli.output.cells import Column, Record, Section, Table

NINE = 1795165200  # 2026-11-20T09:00:00Z

ENTRY = (
    Column("id", "ID", "id"),
    Column("started_at", "Start", "clock"),
    Column("description", "Description"),
    Column("duration", "Duration", "duration"),
    Column("local_id", "Local id", "id", is_detail=True),
)

LOG = Table(
    ENTRY,
    [
        Section("Friday", [("te_1", NINE, "Fix the login", 4500, "te_a")], title_total=4500),
        Section("Saturday", [("te_2", NINE + 86400, "Tab\there", 59, "te_b")], title_total=59),
    ],
    meta={"duration": 4559},
    total=(None, None, "Total", 4559, None),
    heading="This week",
)

INNER = Record((Column("id", "ID", "id"), Column("at", "At", "instant")), ("te_0", NINE))

EVERY_KIND = Table(
    (
        Column("text", "Text"),
        Column("id", "ID", "id"),
        Column("words", "Words", "words"),
        Column("instant", "Instant", "instant"),
        Column("clock", "Clock", "clock"),
        Column("day", "Day", "day"),
        Column("duration", "Duration", "duration"),
        Column("count", "Count", "count"),
        Column("flag", "Flag", "flag"),
        Column("share", "Share", "share"),
        Column("bar", "", "bar"),
        Column("record", "Record", "record"),
    ),
    [
        Section(
            "",
            [
                (
                    "a|b",
                    "te_1",
                    ["x", "y"],
                    NINE,
                    NINE,
                    date(2026, 11, 20),
                    4500,
                    12,
                    True,
                    0.625,
                    0.625,
                    INNER,
                ),
                ("", "te_2", [], NINE, NINE, date(2026, 11, 21), 0, 0, False, 0.0, 0.0, None),
                (None, None, None, None, None, None, None, None, None, None, None, None),
            ],
        )
    ],
)


def described(texts: list[str]) -> Table:
    """A row for each text, in all kinds that take text."""
    columns = (
        Column("id", "ID", "id"),
        Column("text", "Text"),
        Column("words", "Words", "words", drop=1),
        Column("duration", "Duration", "duration"),
    )
    rows = [(f"te_{number:04}", text, [text, "x"], number) for number, text in enumerate(texts)]
    return Table(columns, [Section("", rows)])
