"""Reports by several keys on a terminal, and `--top`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def sprint(app: App) -> App:
    """Work in two projects, one of them with several descriptions."""
    app.environ |= {"NO_COLOR": "1", "COLUMNS": "80"}
    for number, (project, text, lasts) in enumerate(
        [("web", "Pricing", "2h"), ("web", "Login", "1h30"), ("web", "Audit", "30m"), ("acme", "Model", "1h")]
    ):
        app.ok("add", text, "-p", project, "--from", f"2026-11-{16 + number} 9:00", "--for", lasts, "-q")
    return app


def test_a_report_by_several_keys_has_a_line_with_the_sum_of_each_group(sprint: App) -> None:
    assert sprint.ok("report", "2026-11", "--by", "project,description", terminal=True).out == (
        "November 2026\n"
        "\n"
        "Project / description  Total  Share\n"
        "web                     4:00   80 %  ████████████████████████\n"
        "    Pricing             2:00\n"
        "    Login               1:30\n"
        "    Audit               0:30\n"
        "\n"
        "acme                    1:00   20 %  ██████\n"
        "    Model               1:00\n"
        "                       ─────\n"
        "Total                   5:00\n"
    )


@pytest.mark.parametrize("decimal", [False, True], ids=["exact", "decimal"])
def test_a_comparison_by_several_keys_has_groups(decimal: bool, sprint: App) -> None:
    sprint.ok("add", "Login", "-p", "web", "--from", "2026-11-10 9:00", "--for", "5m")
    sprint.ok("add", "Old", "-p", "team", "--from", "2026-11-11 9:00", "--for", "5m")
    words = ("--by", "project,description", "--compare", *["--decimal"] * decimal)
    lines = sprint.ok("report", *words, terminal=True).out.replace("█", "").splitlines()[2:]
    assert [" ".join(line.split()) for line in lines] == (
        [
            "Project / description Total Before ± Share",
            "web 4.00 0.09 ↑ 3.91 80 %",
            "Pricing 2.00 0.00 ↑ 2.00",
            "Login 1.50 0.09 ↑ 1.41",
            "Audit 0.50 0.00 ↑ 0.50",
            "",
            "acme 1.00 0.00 ↑ 1.00 20 %",
            "Model 1.00 0.00 ↑ 1.00",
            "",
            "team 0.00 0.08 ↓ 0.08 0 %",
            "Old 0.00 0.08 ↓ 0.08",
            "───── ────── ──────",
            "Total 5.00 0.17 ↑ 4.83",
        ]
        if decimal
        else [
            "Project / description Total Before ± Share",
            "web 4:00 0:05 ↑ 3:55 80 %",
            "Pricing 2:00 0:00 ↑ 2:00",
            "Login 1:30 0:05 ↑ 1:25",
            "Audit 0:30 0:00 ↑ 0:30",
            "",
            "acme 1:00 0:00 ↑ 1:00 20 %",
            "Model 1:00 0:00 ↑ 1:00",
            "",
            "team 0:00 0:05 ↓ 0:05 0 %",
            "Old 0:00 0:05 ↓ 0:05",
            "───── ────── ──────",
            "Total 5:00 0:10 ↑ 4:50",
        ]
    )


def test_on_a_wide_terminal_the_rows_of_groups_have_shares_of_all(sprint: App) -> None:
    sprint.environ["COLUMNS"] = "120"
    lines = sprint.ok("report", "2026-11", "--by", "project,description", terminal=True).out.splitlines()
    assert lines[3:7] == [
        "web                     4:00   80 %  ████████████████████████",
        "    Pricing             2:00   40 %",
        "    Login               1:30   30 %",
        "    Audit               0:30   10 %",
    ]


def test_top_shows_the_longest_rows_and_the_others_as_one(sprint: App) -> None:
    assert sprint.ok("report", "2026-11", "--by", "project,description", "--top", "1", terminal=True).out == (
        "November 2026\n"
        "\n"
        "Project / description  Total  Share\n"
        "web                     4:00   80 %  ████████████████████████\n"
        "    Pricing             2:00\n"
        "    2 more              2:00\n"
        "\n"
        "1 more                  1:00   20 %\n"
        "                       ─────\n"
        "Total                   5:00\n"
    )
    single = sprint.ok("report", "--week", "--by", "description", "--top", "2", terminal=True).out
    assert single.splitlines()[2:] == [
        "Description  Total  Share",
        "Pricing       2:00   40 %  ████████████████████████",
        "Login         1:30   30 %  ██████████████████",
        "2 more        1:30   30 %  ██████████████████",
        "             ─────",
        "Total         5:00",
    ]
    assert len(sprint.ok("report", "--by", "description", "--top", "2", "--json").data) == 4


def test_top_keeps_the_order_of_time(sprint: App) -> None:
    lines = sprint.ok("report", "--week", "--by", "day", "--top", "2", terminal=True).out.splitlines()
    assert [line.split("  ")[0] for line in lines[3:6]] == ["Mon 16 Nov", "Tue 17 Nov", "2 more"]


@pytest.mark.parametrize("number", ["0", "-1", "x", ""])
def test_top_takes_a_number_over_0(sprint: App, number: str) -> None:
    assert sprint.run("report", "--top", number).code == 2


def test_the_second_key_is_ordered_within_each_group(app: App) -> None:
    for project, text, hours in (
        ("web", "Call", 1),
        ("web", "Plan", 2),
        ("acme", "Call", 5),
        ("acme", "Plan", 1),
    ):
        app.ok("add", text, "-p", project, "--for", f"{hours}h", "--overlap", "-q")
    rows = app.ok("report", "--by", "project,description", "--json").data
    assert [(row["project"], row["description"]) for row in rows] == [
        ("acme", "Call"),
        ("acme", "Plan"),
        ("web", "Plan"),
        ("web", "Call"),
    ]


def test_keys_and_columns_may_be_given_one_by_one(sprint: App) -> None:
    together = sprint.ok("report", "2026-11", "--by", "project,tag,day").out
    assert sprint.ok("report", "2026-11", "--by", "project,tag", "--by", "day").out == together
    columns = sprint.ok("log", "2026-11", "--columns", "id,project").out
    assert sprint.ok("log", "2026-11", "--columns", "id", "--columns=project").out == columns
