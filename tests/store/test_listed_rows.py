"""The rows of a long list: one per id, the latest, as often as they are needed, in little memory."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.store.listed_rows import ListedRows

IDS = st.sampled_from(["a", "b", "c", "d", "é"])
PAGES = st.lists(st.dictionaries(IDS, st.fixed_dictionaries({"v": st.integers()}), max_size=4), max_size=6)


@given(PAGES, PAGES, st.sets(IDS))
def test_they_are_what_a_dictionary_would_hold(
    before: list[dict[str, Any]], pages: list[dict[str, Any]], deleted: set[str]
) -> None:
    listed = ListedRows()
    fingerprints = []
    for several in (before, pages):
        listed.clear()
        held: dict[str, Any] = {}
        order: dict[str, Any] = {}
        for page in several:
            assert listed.add(page) == len(page.keys() - held.keys())
            held |= page
            for row_id in page:
                order.pop(row_id, None)
                order[row_id] = page[row_id]
        fingerprints.append(listed.fingerprint())
    assert [*listed] == [*listed] == [*order.values()]
    assert listed.unlisted([*"abcd", "x"]) == {*"abcd", "x"} - held.keys()
    listed.mark_deleted(deleted)
    assert listed.unlisted([*"abcd"]) == {*"abcd"} - (held.keys() - deleted)
    assert [*listed] == [*order.values()]
    ids = [{row_id for page in several for row_id in page} for several in (before, pages)]
    assert (fingerprints[0] == fingerprints[1]) == (ids[0] == ids[1])
    listed.close()


FULL = """
import resource, signal, sys
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.store.listed_rows import ListedRows
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
listed = ListedRows()
try:
    for page in range(2_000):
        listed.add({f"te_{page}_{number}": {"n": number} for number in range(200)})
except ClockeyeError as error:
    print(error.code, error.message, error.hint)
"""


def test_where_the_temporary_file_cannot_grow_that_is_said() -> None:
    done = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("storage")
    assert "A temporary file" in done.stdout
