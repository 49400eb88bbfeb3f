"""What is cut out of a remembered row is what its JSON says, whatever its texts contain."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.tracking.importing.spool import PlainRow
from clockeye_cli.tracking.importing.was import cut_out, was_text

HARD = ('a", ', '\\", ', '", "project": "x", "', "\\", 'a\\"', ', "content": "0"}', "ä\n")
TEXTS = st.text(max_size=9) | st.sampled_from(HARD)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.binary(min_size=8, max_size=8))
def test_names_and_content_are_cut_out(
    description: str, project: str, client: str, invoice: str, content: bytes
) -> None:
    more = (("amount", '1, "content": "2'), ("client", "other"), ("project", "other"), ("content", "00"))
    times = (60, 0, 60, 60, "2026-11-02 09:00:00", "2026-11-02 09:01:00")
    row = PlainRow(
        description, project, client, "", (), None, "", "", False, invoice, more, *times, content, "key"
    )
    was = was_text(row, TimeEntry("te_1", description, None, 0, 60, False, None, False))
    read = json.loads(was)
    cut = tuple(json.loads(f'"{text}"') for text in cut_out(was))
    assert cut == (read["content"], read.get("client", ""), read.get("project", ""))
