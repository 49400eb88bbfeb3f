"""Adopting: what an account's profile takes over from another one, what stays, and what both say then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.entry import Project
from clockeye_cli.errors import ClashError
from clockeye_cli.tracking import adopting, entries, projects, timer, undo
from clockeye_cli.tracking.adopting import Adopted
from clockeye_cli.tracking.entries import Added
from clockeye_cli.tracking.timer import Work
from tests.tracking.tracker import State, Tracker, entry, last_step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clockeye_cli.core.entry import TimeEntry

NOTHING = Adopted([], [], None, 0, [], None)


@pytest.fixture
def local(tracker: Tracker) -> Tracker:
    return tracker


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Tracker]:
    """The profile of an account."""
    tracker = Tracker(tmp_path, "work", to_account=True)
    yield tracker
    tracker.store.close()


def adopt(work: Tracker, local: Tracker, project: str = "") -> Adopted:
    with work.store.beside(local.store):
        return work.do(adopting.adopt, "local", "work", project)


def in_project(project: Project, start: str = "9:00", end: str = "10:00") -> TimeEntry:
    return entry(start, end, project_id=project.id)


def test_entries_with_a_project_go_with_it_and_keep_their_ids(local: Tracker, work: Tracker) -> None:
    garden = local.do(projects.add, "garden", billable=False)
    going, staying = in_project(garden), entry("10:00", "11:00")
    for item in (going, staying):
        local.do(entries.add, item)
    result = adopt(work, local)
    assert result == Adopted([going], [garden], None, 0, [staying], None)
    assert result.is_something
    assert work.state() == State([going], None, [garden])
    assert local.state() == State([staying], None, [garden])


def test_a_project_of_the_same_name_is_the_same(local: Tracker, work: Tracker) -> None:
    local_web, work_web = local.do(projects.add, "WEB"), work.do(projects.add, "web")
    item = in_project(local_web)
    local.do(entries.add, item)
    adopted = item._replace(project_id=work_web.id)
    assert adopt(work, local) == Adopted([adopted], [], None, 0, [], None)
    assert work.state() == State([adopted], None, [work_web])


def test_a_project_that_was_renamed_since_it_was_adopted_is_the_same(local: Tracker, work: Tracker) -> None:
    web = local.do(projects.add, "web")
    adopt(work, local)
    work.do(projects.rename, "web", "site")
    item = in_project(web)
    local.do(entries.add, item)
    assert adopt(work, local) == Adopted([item], [], None, 0, [], None)
    assert work.state() == State([item], None, [web._replace(name="site")])


def test_an_archived_project_goes_only_where_entries_need_it(local: Tracker, work: Tracker) -> None:
    done, _, new = (local.do(projects.add, name) for name in ("done", "never used", "new"))
    item = in_project(done)
    local.do(entries.add, item)
    for name in ("done", "never used"):
        local.do(projects.archive, name)
    done = done._replace(archived=True)
    assert adopt(work, local) == Adopted([item], [done, new], None, 0, [], None)


def test_what_has_no_project_goes_into_the_one_that_is_named(local: Tracker, work: Tracker) -> None:
    item = entry("9:00", "10:00")
    local.do(entries.add, item)
    running = local.do(timer.start, Work("Write", None, billable=True), None).timer
    result = adopt(work, local, "misc")
    (misc,) = work.state().projects
    assert misc == Project(misc.id, "misc")
    moved, runs = item._replace(project_id=misc.id), running._replace(project_id=misc.id)
    assert result == Adopted([moved], [misc], runs, 0, [], None)
    assert work.state() == State([moved], runs, [misc])
    assert local.state() == State([], None, [])


def test_a_named_project_that_nothing_needs_is_not_made(local: Tracker, work: Tracker) -> None:
    assert adopt(work, local, "misc") == NOTHING
    assert work.state() == State([], None, [])


@pytest.mark.parametrize("case", ["runs on", "has no project", "another one runs"])
def test_the_timer(local: Tracker, work: Tracker, case: str) -> None:
    web = local.do(projects.add, "web")
    project_id = None if case == "has no project" else web.id
    running = local.do(timer.start, Work("Write", project_id, billable=True), None).timer
    theirs = None
    if case == "another one runs":
        theirs = work.do(timer.start, Work("Read", None, billable=True), None).timer
    result = adopt(work, local)
    if case == "runs on":
        assert (result.timer, result.staying_timer) == (running, None)
        assert (local.state().timer, work.state().timer) == (None, running)
    else:
        assert (result.timer, result.staying_timer) == (None, running)
        assert (local.state().timer, work.state().timer) == (running, theirs)


def test_overlaps_are_counted_and_no_obstacle(local: Tracker, work: Tracker) -> None:
    web = local.do(projects.add, "web")
    work.do(entries.add, entry("9:30", "11:00"))
    items = [in_project(web), in_project(web, "11:00", "12:00")]
    for item in items:
        local.do(entries.add, item)
    result = adopt(work, local)
    assert (result.entries, result.overlapping) == (items, 1)


def test_adopting_again_takes_what_is_new_alone(local: Tracker, work: Tracker) -> None:
    web = local.do(projects.add, "web")
    local.do(entries.add, in_project(web))
    adopt(work, local)
    assert adopt(work, local) == NOTHING
    assert not NOTHING.is_something
    later = in_project(web, "11:00", "12:00")
    local.do(entries.add, later)
    assert adopt(work, local) == Adopted([later], [], None, 0, [], None)
    assert len(work.state().entries) == 2


def test_a_backup_that_is_put_back_doubles_nothing(local: Tracker, work: Tracker, tmp_path: Path) -> None:
    web = local.do(projects.add, "web")
    item = in_project(web)
    local.do(entries.add, item)
    running = local.do(timer.start, Work("Write", web.id, billable=True), None).timer
    local.store.backup(str(tmp_path / "backup.db"))
    adopt(work, local)
    edited = item._replace(description="Edited since")
    work.do(entries.edit, item, edited)
    backup = Tracker(tmp_path, "backup")
    adopt(work, backup)
    assert work.state() == State([edited], running, [web])
    assert backup.state() == State([], None, [web])
    backup.store.close()


def test_a_key_means_the_same_entry_as_before(local: Tracker, work: Tracker) -> None:
    local_web, work_web = local.do(projects.add, "web"), work.do(projects.add, "web")
    item = in_project(local_web)
    local.do(entries.add, item, key="mail-1")
    adopt(work, local)
    again = in_project(work_web)
    assert work.do(entries.add, again, key="mail-1") == Added(
        item._replace(project_id=work_web.id), is_new=False
    )
    error = local.refused("key_used", entries.add, in_project(local_web), key="mail-1")
    assert "work" in error.message


def test_a_key_stays_with_an_entry_that_stays(local: Tracker, work: Tracker) -> None:
    local.do(entries.add, entry("9:00", "10:00"), key="mail-1")
    local.do(projects.add, "web")
    adopt(work, local)
    other = entry("10:00", "11:00")
    assert work.do(entries.add, other, key="mail-1") == Added(other, is_new=True)


def test_a_key_that_the_account_has_used_keeps_its_entry_there(local: Tracker, work: Tracker) -> None:
    theirs = entry("7:00", "8:00")
    work.do(entries.add, theirs, key="mail-1")
    item = in_project(local.do(projects.add, "web"))
    local.do(entries.add, item, key="mail-1")
    assert adopt(work, local).entries == [item]
    assert work.do(entries.add, entry("7:00", "8:00"), key="mail-1") == Added(theirs, is_new=False)


def test_a_former_id_means_the_same_entry_as_before(local: Tracker, work: Tracker) -> None:
    web = local.do(projects.add, "web")
    former = local.at("10:00").do(timer.start, Work("Write", web.id, billable=True), None).timer
    local.at("11:00").do(timer.stop, None)
    local.undo()
    stopped = local.do(timer.stop, None)
    assert stopped.local_id != former.local_id
    adopt(work, local)
    assert work.find(former.local_id) == stopped


def test_what_has_gone_is_named_and_never_brought_back(local: Tracker, work: Tracker) -> None:
    web = local.do(projects.add, "web")
    item = in_project(web)
    local.do(entries.add, item)
    local.do(entries.edit, item, item._replace(description="Edited"))
    adopt(work, local)
    with pytest.raises(ClashError) as caught:
        local.find(item.local_id)
    assert caught.value.code == "adopted"
    assert "work" in caught.value.message
    local.refused("adopted", undo.reverse, local.ask(last_step))
    work.refused("adopted", undo.reverse, work.ask(last_step))


@pytest.mark.parametrize(("name", "code"), [("wabsite", "project_not_found"), ("old", "project_archived")])
def test_a_named_project_that_will_not_do_changes_neither_profile(
    local: Tracker, work: Tracker, name: str, code: str
) -> None:
    for made in ("website", "old"):
        work.do(projects.add, made)
    work.do(projects.archive, "old")
    garden = local.do(projects.add, "garden")
    for item in (in_project(garden), entry("10:00", "11:00")):
        local.do(entries.add, item)
    before = local.state()
    with work.store.beside(local.store):
        work.refused(code, adopting.adopt, "local", "work", name)
    assert local.state() == before
