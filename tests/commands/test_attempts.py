"""Attempts to lose or change text, tags and times by odd input: each line says what must hold afterwards."""

from __future__ import annotations

import shlex
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from tests.app import App

BERLIN = ZoneInfo("Europe/Berlin")

CALL = "add 'Call #bug #acme' --from 8 --to 9 -p web"

ATTEMPTS: list[tuple[str, str]] = [
    # Text comes back as it was typed.
    (r"add 'C:\new\table' --for 1h", "20. 11:00–20. 12:00 - 'C:\\\\new\\\\table'"),
    ("add -- '--for 2h' --for 1h", "exit 2:"),
    ("add '  two   blanks  ' --for 1h", "20. 11:00–20. 12:00 - 'two   blanks'"),
    ("add 'a\r\nb' --for 1h", "20. 11:00–20. 12:00 - 'a\\nb'"),
    ("add 'tab\there' --for 1h", "20. 11:00–20. 12:00 - 'tab\\there'"),
    ("add '%s %d {0} {attention}' --for 1h", "20. 11:00–20. 12:00 - '%s %d {0} {attention}'"),
    ("add '`id` $(id) $HOME' --for 1h", "20. 11:00–20. 12:00 - '`id` $(id) $HOME'"),
    (
        "add 'Łódź e\u0301 \u202eabc' --for 1h",
        "20. 11:00–20. 12:00 - '\\u0141\\xf3d\\u017a e\\u0301 \\u202eabc'",
    ),
    (
        "add '👩‍👩‍👧 done' --for 1h",
        "20. 11:00–20. 12:00 - '\\U0001f469\\u200d\\U0001f469\\u200d\\U0001f467 done'",
    ),
    ("add '' --for 1h", "20. 11:00–20. 12:00 - ''"),
    ("add last --for 1h", "20. 11:00–20. 12:00 - 'last'"),
    ("add none --for 1h", "20. 11:00–20. 12:00 - 'none'"),
    ("add '@project' --for 1h", "20. 11:00–20. 12:00 - '@project'"),
    ("add '\ufeffBOM' --for 1h", "20. 11:00–20. 12:00 - 'BOM'"),
    ("add 'a\u200bb' --for 1h", "20. 11:00–20. 12:00 - 'a\\u200bb'"),
    ("add '; rm -rf /' --for 1h", "20. 11:00–20. 12:00 - '; rm -rf /'"),
    ("add 'x,y\"z' --for 1h", "20. 11:00–20. 12:00 - 'x,y\"z'"),
    ("add Fix --for 1h ; edit last -d ''", "20. 11:00–20. 12:00 - ''"),
    ("add Fix --for 1h ; edit last -d 'none'", "20. 11:00–20. 12:00 - 'none'"),
    (f"{CALL} ; edit last -d Talk", "20. 08:00–20. 09:00 web 'Talk #bug #acme'"),
    (f"{CALL} ; edit last -d 'Talk #new'", "20. 08:00–20. 09:00 web 'Talk #new'"),
    (f"{CALL} ; edit last -d ''", "20. 08:00–20. 09:00 web '#bug #acme'"),
    (f"{CALL} ; edit last -p none", "20. 08:00–20. 09:00 - 'Call #bug #acme'"),
    (f"{CALL} ; edit last --untag bug", "20. 08:00–20. 09:00 web 'Call #acme'"),
    (f"{CALL} ; edit last --untag BUG -t bug", "20. 08:00–20. 09:00 web 'Call #acme #bug'"),
    (f"{CALL} ; edit last --untag all", "20. 08:00–20. 09:00 web 'Call'"),
    (f"{CALL} ; edit last -t bug", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last -t Bug", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; tags rename bug 'c++'", "20. 08:00–20. 09:00 web 'Call #c++ #acme'"),
    (f"{CALL} ; tags rename bug acme", "20. 08:00–20. 09:00 web 'Call #acme'"),
    (f"{CALL} ; edit last -p acme ; undo", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (
        f"{CALL} ; split last --at 8:30",
        "20. 08:00–20. 08:30 web 'Call #bug #acme'; 20. 08:30–20. 09:00 web 'Call #bug #acme'",
    ),
    (f"{CALL} ; split last --at 8:30 --gap 10m ; undo", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    # Tags.
    (
        "add 'PR #12/#13 (#x), C# #c++.' --for 1h -t last",
        "20. 11:00–20. 12:00 - 'PR #12/#13 (#x), C# #c++. #last'",
    ),
    ("add '#a,#b:' -t c,d --for 1h", "20. 11:00–20. 12:00 - '#a,#b: #c,d'"),
    ("add 'Fix ##bug #' --for 1h", "20. 11:00–20. 12:00 - 'Fix ##bug #'"),
    ("add 'Mail +bug 1+1 +1' --for 1h", "20. 11:00–20. 12:00 - 'Mail 1+1 +1 #bug'"),
    ("add x -t '#bug' -t bug --for 1h", "20. 11:00–20. 12:00 - 'x #bug'"),
    # Times.
    (f"{CALL} ; edit last --from 8", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last --to +10m", "20. 08:00–20. 09:10 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last --for 45m", "20. 08:00–20. 08:45 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last --move 15m", "20. 08:15–20. 09:15 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last --move -1h", "20. 07:00–20. 08:00 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last --move 2026-11-19", "19. 08:00–19. 09:00 web 'Call #bug #acme'"),
    (
        f"{CALL} ; edit last --from 'yesterday 23:00' --to 'yesterday 24:00'",
        "exit 2: 20. 08:00–20. 09:00 web 'Call #bug #acme'",
    ),
    (
        f"{CALL} ; add In --from 8:30 --to 9:30 --adjust",
        "20. 08:00–20. 08:30 web 'Call #bug #acme'; 20. 08:30–20. 09:30 - 'In'",
    ),
    (
        f"{CALL} ; add In --from 8:20 --to 8:40 --adjust",
        "20. 08:00–20. 08:20 web 'Call #bug #acme'; 20. 08:20–20. 08:40 - 'In';"
        " 20. 08:40–20. 09:00 web 'Call #bug #acme'",
    ),
    (f"{CALL} ; add All --from 7:30 --to 9:30 --adjust", "exit 3: 20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (
        f"{CALL} ; add Next --from last --to 10",
        "20. 08:00–20. 09:00 web 'Call #bug #acme'; 20. 09:00–20. 10:00 - 'Next'",
    ),
    ("add Night --from '2026-10-25 01:30' --to '2026-10-25 03:30'", "25. 01:30–25. 03:30 - 'Night'"),
    ("add Spring --from '2026-03-29 01:30' --to '2026-03-29 03:30'", "29. 01:30–29. 03:30 - 'Spring'"),
    ("add Spring --from '2026-03-29 02:30' --for 1h", "exit 2:"),
    ("add Late --from 23:00 --to 1:00", "19. 23:00–20. 01:00 - 'Late'"),
    ("add Zero --from 9 --to 9", "exit 2:"),
    ("add Exact --from 9:00:31 --to 9:59:59", "20. 09:00:31–20. 09:59:59 - 'Exact'"),
    ("add Leap --from '2024-02-29 9' --for 1h", "29. 09:00–29. 10:00 - 'Leap'"),
    ("start Fix --at 11:00 ; stop --at 11:00", "20. 11:00–20. 11:00 - 'Fix'"),
    ("start Fix --at 11:00 ; stop --at 10:59", "exit 2: 20. 11:00–now - 'Fix'"),
    (
        "start Fix --at 11:00 ; start Next --at 11:30 ; stop",
        "20. 11:00–20. 11:30 - 'Fix'; 20. 11:30–20. 12:00 - 'Next'",
    ),
    ("start Fix --at 11:00 ; stop -d Done -t ok ; undo ; stop", "20. 11:00–20. 12:00 - 'Fix'"),
    (
        "start 'Fix #a' --at 11:00 ; edit current -d Mend ; stop -d Made --untag a",
        "20. 11:00–20. 12:00 - 'Made'",
    ),
    (
        f"{CALL} ; resume last --at 11:00 ; stop",
        "20. 08:00–20. 09:00 web 'Call #bug #acme'; 20. 11:00–20. 12:00 web 'Call #bug #acme'",
    ),
    (f"{CALL} ; delete last -y ; undo", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; undo ; redo", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    # Room, clock changes, undone and redone, empty values.
    (
        f"{CALL} ; add B --from 9 --to 10 ; add C --from 8:30 --to 9:30 --adjust",
        "20. 08:00–20. 08:30 web 'Call #bug #acme'; 20. 08:30–20. 09:30 - 'C'; 20. 09:30–20. 10:00 - 'B'",
    ),
    (
        f"{CALL} ; add B --from 9 --to 10 ; edit last --move -30m --adjust",
        "20. 08:00–20. 08:30 web 'Call #bug #acme'; 20. 08:30–20. 09:30 - 'B'",
    ),
    (
        f"{CALL} ; add B --from 9 --to 10 ; edit last --move -1h --adjust",
        "exit 3: 20. 08:00–20. 09:00 web 'Call #bug #acme'; 20. 09:00–20. 10:00 - 'B'",
    ),
    (
        f"{CALL} ; add In --from 8:20 --to 8:40 --adjust ; undo ; redo",
        "20. 08:00–20. 08:20 web 'Call #bug #acme'; 20. 08:20–20. 08:40 - 'In';"
        " 20. 08:40–20. 09:00 web 'Call #bug #acme'",
    ),
    (
        f"{CALL} ; add In --from 8:59:59 --to 10 --adjust",
        "20. 08:00–20. 08:59:59 web 'Call #bug #acme'; 20. 08:59:59–20. 10:00 - 'In'",
    ),
    (
        f"{CALL} ; add In --from 8:20 --to 8:40 --adjust --overlap",
        "exit 2: 20. 08:00–20. 09:00 web 'Call #bug #acme'",
    ),
    (
        "start T --at 11 ; add In --from 10:30 --to 11:30 --adjust",
        "20. 10:30–20. 11:30 - 'In'; 20. 11:30–now - 'T'",
    ),
    (
        "start T --at 11 ; add In --from 11:30 --for 10m --adjust",
        "20. 11:00–20. 11:30 - 'T'; 20. 11:30–20. 11:40 - 'In'; 20. 11:40–now - 'T'",
    ),
    ("start T --at 11 ; add In --for 30m --adjust ; undo", "20. 11:00–now - 'T'"),
    (
        "add N --from '2026-10-24 02:30' --to '2026-10-24 03:30' ; edit last --move 2026-10-25",
        "25. 02:30–25. 02:30 - 'N'",
    ),
    (
        "add N --from '2026-03-28 02:30' --to '2026-03-28 03:30' ; edit last --move 2026-03-29",
        "exit 2: 28. 02:30–28. 03:30 - 'N'",
    ),
    (
        "add N --from '2026-03-28 01:30' --to '2026-03-28 03:30' ; edit last --move 2026-03-29",
        "29. 01:30–29. 04:30 - 'N'",
    ),
    (
        "add N --from '2026-10-25 01:30' --to '2026-10-25 03:30' ; edit last --move 2026-10-24",
        "24. 01:30–24. 04:30 - 'N'",
    ),
    ("add N --from '2026-10-25T02:30+01:00' --for 1h ; edit last --move -1h", "25. 02:30–25. 02:30 - 'N'"),
    (
        "add N --from '2026-10-24 23:00' --to '2026-10-25 01:00' ; edit last --move yesterday",
        "19. 23:00–20. 01:00 - 'N'",
    ),
    ("add N --from '2026-03-29 01:30' --for 1h ; edit last --to 4", "29. 01:30–29. 04:00 - 'N'"),
    ("add N --from '2026-03-29 01:30' --for 1h ; edit last --from 2:30", "exit 2: 29. 01:30–29. 03:30 - 'N'"),
    (
        "add N --from '2024-02-29 9' --for 1h ; edit last --move 2025-02-29",
        "exit 2: 29. 09:00–29. 10:00 - 'N'",
    ),
    ("add N --from 9 --for 1h ; edit last --move tomorrow", "exit 2: 20. 09:00–20. 10:00 - 'N'"),
    ("add N --from 9 --for 1h ; edit last --move 0m", "exit 2: 20. 09:00–20. 10:00 - 'N'"),
    ("add N --from 9 --for 1h ; edit last --move 3h", "exit 2: 20. 09:00–20. 10:00 - 'N'"),
    ("start R --at 9 ; edit current --move -30m", "20. 08:30–now - 'R'"),
    (f"{CALL} ; undo ; add X --for 10m ; redo", "exit 3: 20. 11:50–20. 12:00 - 'X'"),
    (f"{CALL} ; undo ; start X ; redo", "exit 3: 20. 12:00–now - 'X'"),
    (f"{CALL} ; undo ; stop --if-running ; redo", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; undo ; config set week_start sunday ; redo", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; undo ; projects add zed ; redo", "exit 3:"),
    (f"{CALL} ; undo ; redo ; edit it -d Y ; undo -n 2", ""),
    (f"{CALL} ; undo -n 2", "exit 3: 20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; delete last -y ; undo ; redo ; undo", "20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    ("start T ; cancel -y ; undo", "20. 12:00–now - 'T'"),
    ("start T --at 11 ; stop ; undo ; redo", "20. 11:00–20. 12:00 - 'T'"),
    (f"{CALL} ; tags rename bug ui ; undo ; redo", "20. 08:00–20. 09:00 web 'Call #ui #acme'"),
    (f"{CALL} ; projects rename web site ; undo ; redo", "20. 08:00–20. 09:00 site 'Call #bug #acme'"),
    (f"{CALL} ; edit last -p none ; undo ; redo", "20. 08:00–20. 09:00 - 'Call #bug #acme'"),
    (f"{CALL} ; edit last --untag '#bug' ; redo", "exit 3: 20. 08:00–20. 09:00 web 'Call #acme'"),
    (
        "add 'Fix 「#bug」、#été…' --for 1h ; edit last --untag ÉTÉ",
        "20. 11:00–20. 12:00 - 'Fix \\u300c#bug\\u300d\\u3001\\xe9t\\xe9\\u2026'",
    ),
    (
        "add 'Fix #bug' --for 1h ; tags rename BUG 日本語",
        "20. 11:00–20. 12:00 - 'Fix #\\u65e5\\u672c\\u8a9e'",
    ),
    ("add 'https://x.y/#frag a#b ##c' --for 1h ; edit last -d New", "20. 11:00–20. 12:00 - 'New'"),
    ("add Fix --for 1h -t '+bug,'", "exit 2:"),
    ("add Fix --for 1h -t 'two words'", "exit 2:"),
    ("add Fix --for 1h -t ''", "exit 2:"),
    ("add x --from '9am yesterday' --to '10:30 yesterday'", "19. 09:00–19. 10:30 - 'x'"),
    ("add x --from '9:15 on monday' --for 45m", "16. 09:15–16. 10:00 - 'x'"),
    ("add x --from 'nov 18th 9:00' --for 1h", "18. 09:00–18. 10:00 - 'x'"),
    ("add x --from @1795161600.5 --to 10", "20. 09:00–20. 10:00 - 'x'"),
    (f"{CALL} ; edit '' -d x", "exit 3: 20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last --untag ''", "exit 2: 20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last -p ''", "exit 2: 20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; edit last --move ''", "exit 2: 20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; split last --at 8:30 --gap ''", "exit 2: 20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    (f"{CALL} ; delete '' -y", "exit 3: 20. 08:00–20. 09:00 web 'Call #bug #acme'"),
    ("start '' --at 11", "20. 11:00–now - ''"),
    ("start x --at ''", "exit 2:"),
    ("start T --at 11 ; stop --at ''", "exit 2: 20. 11:00–now - 'T'"),
]


def shown(app: App) -> str:
    """The entries, one after the other: `20. 08:00–20. 09:00 web 'Call'`, with seconds if there are any."""

    def at(text: str | None) -> str:
        if text is None:
            return "now"
        return f"{datetime.fromisoformat(text).astimezone(BERLIN):%d. %H:%M:%S}".removesuffix(":00")

    return "; ".join(
        f"{at(row['started_at'])}–{at(row['ended_at'])} {row['project'] or '-'} {row['description']!a}"
        for row in app.ok("log", "--all", "--json").data
    )


@pytest.mark.parametrize(("typed", "expected"), ATTEMPTS)
def test_what_was_meant_holds_after_odd_input(app: App, typed: str, expected: str) -> None:
    app.at("2026-11-20 12:00:00")
    codes = [app.run(*shlex.split(line)).code for line in typed.split(" ; ")]
    assert codes[:-1] == [0] * (len(codes) - 1)
    refused = f"exit {codes[-1]}: " if codes[-1] else ""
    assert (refused + shown(app)).strip() == expected
