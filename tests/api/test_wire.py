"""ClockEye's JSON and our values: what the reference leaves open is taken as it comes."""

from __future__ import annotations

from typing import Any

import pytest

from clockeye_cli.api import wire
from clockeye_cli.api.screenshots import screenshot
from clockeye_cli.api.strict_json import parse
from clockeye_cli.core.user import User
from clockeye_cli.errors import NoAnswerError

START = 1_705_309_200  # 2024-01-15T09:00:00Z
AT = "2024-01-15T09:00:00Z"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-01-15T09:00:00Z", START),
        ("2024-01-15T09:00:00+00:00", START),
        ("2024-01-15T10:00:00+01:00", START),
        ("2024-01-15T03:15:00-05:45", START),
        ("2024-01-15T09:00:00.000Z", START),
        ("2024-01-15T09:00:00.999999999Z", START),
        ("2024-01-15 09:00:00Z", START),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.5Z", None),
        ("9998-12-31T23:59:59Z", 253_370_764_799),
        ("9999-01-01T00:00:00Z", None),
        ("2024-01-15T09:00:00", None),
        ("2024-01-15", None),
        ("2024-02-30T09:00:00Z", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("9999-12-31T23:59:59-23:59", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("2024-01-15t09:00:00z", START),
        ("2024-01-15t10:00:00+01:00", START),
        (START, START),
        (START + 0.75, START),
        (str(START), START),
        (5, None),
        (0, None),
        (START * 1000, None),
        (float("nan"), None),
        (10**400, None),
        (True, None),
    ],
)
def test_an_instant_has_an_offset_and_is_cut_to_its_second(text: object, instant: int | None) -> None:
    assert wire.instant(text) == instant


def test_a_stamp_is_what_the_reference_writes_and_reads_back() -> None:
    assert wire.stamp(START) == "2024-01-15T09:00:00Z"
    assert wire.instant(wire.stamp(START)) == START


def test_an_entry_with_nothing_but_an_id_and_a_start_is_read() -> None:
    fields = {"id": "te_1", "start_time": "2024-01-15T09:00:00Z"}
    assert wire.entry(fields) == wire.RemoteEntry("te_1", None, None, "", START, None, False, fields)


def test_nulls_and_values_of_another_type_are_as_if_missing() -> None:
    fields: dict[str, Any] = {
        "id": "te_1",
        "start_time": "2024-01-15T09:00:00Z",
        "end_time": None,
        "user_id": 7.5,
        "project_id": None,
        "description": ["x"],
        "billable": "maybe",
        "duration": None,
    }
    assert wire.entry(fields) == wire.RemoteEntry("te_1", None, None, "", START, None, False, fields)


def test_unknown_fields_are_kept_as_they_came() -> None:
    fields = {"id": "te_1", "start_time": "2024-01-15T09:00:00Z", "tags": [{"a": None}], "data": 5}
    assert wire.entry(fields).fields == fields


def test_an_entry_that_ends_before_it_starts_is_of_no_length() -> None:
    fields = {"id": "te_1", "start_time": "2024-01-15T09:00:00Z", "end_time": "2024-01-15T08:00:00Z"}
    assert wire.entry(fields).ended_at == START


@pytest.mark.parametrize("start", [None, "", "2024-01-15T09:00:00", 5, "0001-01-01T00:00:00Z"])
def test_an_entry_without_a_start_is_an_error_that_names_it(start: object) -> None:
    with pytest.raises(NoAnswerError, match="entry te_1 has no valid start"):
        wire.entry({"id": "te_1", "start_time": start})


@pytest.mark.parametrize("end", ["soon", 5, "9999-12-31T23:59:59Z"])
def test_an_entry_that_ended_who_knows_when_does_not_run(end: object) -> None:
    with pytest.raises(NoAnswerError, match="entry te_1 has no valid end"):
        wire.entry({"id": "te_1", "start_time": "2024-01-15T09:00:00Z", "end_time": end})


YES: tuple[object, ...] = (True, 1, "1", "true", "True")
NO: tuple[object, ...] = (False, 0, "0", "false", None, "", [], 2, "maybe")


@pytest.mark.parametrize("value", YES + NO)
def test_billable_is_read_as_others_write_it(value: object) -> None:
    fields: dict[str, Any] = {"id": "te_1", "start_time": "2024-01-15T09:00:00Z", "billable": value}
    assert wire.entry(fields).billable is (value in YES)


def test_ids_that_are_integers_are_kept_as_their_text() -> None:
    fields = {"id": 5, "user_id": 6, "project_id": 7, "start_time": "2024-01-15T09:00:00Z"}
    assert wire.entry(fields)[:3] == ("5", "6", "7")
    assert wire.one({"data": fields}) == fields


@pytest.mark.parametrize("entry_id", [None, "", 5.5, True, ["te"]])
def test_something_without_an_id_is_an_error(entry_id: object) -> None:
    for read in (wire.entry, wire.project, wire.user, screenshot):
        with pytest.raises(NoAnswerError, match="without an id"):
            read({"id": entry_id, "start_time": "2024-01-15T09:00:00Z"})


def test_nul_and_lone_surrogates_become_replacement_characters_in_every_text() -> None:
    bad, good = r"a\u0000b\ud800c\udfff", "a�b�c�"
    fields = parse(
        '{"id":"X","user_id":"X","project_id":"X","description":"X","name":"X","email":"X","role":"X",'
        '"url":"X","time_entry_id":"X","start_time":"2024-01-15T09:00:00Z"}'.replace("X", bad)
    )
    entry = wire.entry(fields)
    assert (entry.id, entry.user_id, entry.project_id, entry.description) == (good, good, good, good)
    assert wire.project(fields) == wire.RemoteProject(good, good)
    assert wire.user(fields) == User(good, good, good)
    assert screenshot(fields)[:4] == (good, good, good, good)


def test_other_characters_stay_as_they_are() -> None:
    text = "tab\t newline\n \x1b[31m \u202e e\u0301 🦊 \U0010ffff"
    assert wire.entry({"id": "te_1", "description": text, "start_time": AT}).description == text


def test_a_surrogate_pair_in_json_is_one_character() -> None:
    fields = parse(rf'{{"id": "te_1", "description": "\ud83e\udd8a", "start_time": "{AT}"}}')
    assert wire.entry(fields).description == "🦊"


def test_a_project_without_a_name_goes_by_its_id() -> None:
    assert wire.project({"id": "prj_1", "name": None}) == wire.RemoteProject("prj_1", "prj_1")


@pytest.mark.parametrize(
    ("level", "read"),
    [(0, 0.0), (55.5, 55.5), (-1, 0.0), (10**400, 100.0), (True, None), ("55", None), (None, None)],
)
def test_an_activity_level_is_a_number_or_unknown(level: object, read: float | None) -> None:
    assert screenshot({"id": "s", "activity_level": level}).activity_level == read


@pytest.mark.parametrize(
    "content", [{"id": "te_1"}, {"data": {"id": "te_1"}}, {"data": {"id": "te_1"}, "meta": {}}]
)
def test_one_thing_is_read_with_or_without_its_envelope(content: object) -> None:
    assert wire.one(content) == {"id": "te_1"}


def test_an_unknown_field_called_data_is_no_envelope() -> None:
    assert wire.one({"id": "te_1", "data": None}) == {"id": "te_1", "data": None}


@pytest.mark.parametrize(
    "content", [None, [], {}, {"data": []}, {"data": {}}, {"data": {"id": 5.5}}, "te_1", 5]
)
def test_an_answer_that_holds_no_one_thing_is_an_error(content: object) -> None:
    with pytest.raises(NoAnswerError, match="no object with an id"):
        wire.one(content)


@pytest.mark.parametrize(
    ("content", "page"),
    [
        ({"data": [], "meta": {"total": 0}}, wire.ListPage([], 0)),
        ({"data": [{"id": "a"}]}, wire.ListPage([{"id": "a"}], None)),
        ([{"id": "a"}], wire.ListPage([{"id": "a"}], None)),
        ({"data": [], "meta": None}, wire.ListPage([], None)),
        ({"data": None, "meta": {"total": 0}}, wire.ListPage([], 0)),
        ({"data": [], "meta": {"total": -1}}, wire.ListPage([], None)),
        ({"data": [], "meta": {"total": True}}, wire.ListPage([], None)),
        ({"data": [], "meta": {"total": "5"}}, wire.ListPage([], None)),
        ({"data": [{"id": 1}], "meta": {"total": 9, "per_page": 1}}, wire.ListPage([{"id": 1}], 9, 1)),
        ({"data": [{"id": "a"}, {"id": None}, "b"]}, wire.ListPage([{"id": "a"}], None, None, 2)),
    ],
)
def test_a_page_is_read_with_or_without_its_envelope_and_total(content: object, page: wire.ListPage) -> None:
    assert wire.page(content) == page


@pytest.mark.parametrize(
    "content", [None, {}, {"data": None}, {"data": {}}, {"data": ["te_1"]}, "x", 5, [[]]]
)
def test_an_answer_without_a_list_of_things_is_an_error(content: object) -> None:
    with pytest.raises(NoAnswerError, match="has no list"):
        wire.page(content)
