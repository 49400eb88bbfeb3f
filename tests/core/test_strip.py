"""Strips of a day: their window, what fills their pieces, and the letters of projects."""

from __future__ import annotations

from clockeye_cli.core.strip import Stretch, Strip, letters, untracked, window

HOUR = 3600
DAY = [(hour * HOUR, hour) for hour in range(24)]


def stretch(start: float, end: float, mark: str) -> Stretch:
    return Stretch(round(start * HOUR), round(end * HOUR), mark, None)


WORK = [
    stretch(9, 10.25, "a"),
    stretch(10 + 1 / 3, 11, "t"),
    stretch(11, 12.5, "w"),
    stretch(13.5, 18 + 4 / 60, "w"),
]


def strip(hours: list[tuple[int, int]], end: int, stretches: list[Stretch]) -> Strip:
    return Strip.of(hours, end, *window(hours, stretches), stretches)


def drawn(shown: Strip, parts: int) -> str:
    return "".join(each.mark if each else "·" for each in shown.pieces(parts))


def test_pieces_show_what_fills_half_of_them() -> None:
    shown = strip(DAY, 24 * HOUR, WORK)
    assert [hour for _, hour in shown.hours] == [*range(8, 19)]
    assert drawn(shown, 4) == "····aaaaatttwwwwww····wwwwwwwwwwwwwwwwww····"[:44]
    assert drawn(shown, 8) == "········aaaaaaaaaa·tttttwwwwwwwwwwww········" + "w" * 37 + "·" * 7


def test_a_strip_has_eight_hours_at_least() -> None:
    assert [hour for _, hour in strip(DAY, 24 * HOUR, [stretch(9, 10, "a")]).hours] == [*range(8, 16)]
    assert [hour for _, hour in strip(DAY, 24 * HOUR, [stretch(0, 1, "a")]).hours] == [*range(8)]
    assert [hour for _, hour in strip(DAY, 24 * HOUR, [stretch(23, 24, "a")]).hours] == [*range(16, 24)]
    assert len(strip(DAY, 24 * HOUR, [stretch(0, 24, "a")]).hours) == 24


def test_the_time_between_is_what_is_not_tracked() -> None:
    assert untracked(WORK) == 65 * 60
    assert untracked([stretch(9, 12, "a"), stretch(10, 11, "b"), stretch(13, 14, "a")]) == HOUR


def test_letters_are_of_the_name_if_no_larger_project_has_them() -> None:
    assert letters(["website", "acme", "team", "admin"]) == {
        "website": "w",
        "acme": "a",
        "team": "t",
        "admin": "d",
    }
    assert letters(["日本語", "a", "aa", "AA"]) == {"日本語": "a", "a": "b", "aa": "c", "AA": "d"}
    assert len({*letters(map(str, range(30))).values()}) == 30
