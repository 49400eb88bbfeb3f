"""A contact sheet: one HTML page with pictures by day, without network access or scripts.

The pictures are embedded in the page. All external text is escaped; if something slips through anyway, the
page's security policy keeps it from loading or running anything.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.pictures import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STYLE = """
:root { color-scheme: light dark;
  --paper: #fff; --ink: #1d2129; --pale: #5b6474; --line: #d7dbe2; --card: #f5f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14161b; --ink: #e6e8ec; --pale: #98a1b0; --line: #333945; --card: #1d2027; }
}
* { box-sizing: border-box; }
body { margin: 2rem auto; padding: 0 1.25rem; max-width: 90rem; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 2rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-size: 1.1rem;
  break-after: avoid; }
h2 small, header p, footer { color: var(--pale); font-size: .85rem; font-weight: normal; }
header p, figure { margin: 0; }
footer { margin-top: 2rem; }
.day { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
figure { overflow: hidden; border: 1px solid var(--line); border-radius: 6px; background: var(--card);
  break-inside: avoid; }
img, .missing { display: block; width: 100%; aspect-ratio: 16 / 10; object-fit: contain;
  background: var(--line); }
.missing { display: grid; place-items: center; padding: 1rem; color: var(--pale); text-align: center;
  overflow-wrap: anywhere; }
figcaption { padding: .5rem .65rem .6rem; overflow-wrap: anywhere; }
figcaption p { display: flex; justify-content: space-between; gap: .5rem; margin: 0; }
figcaption p + p { display: block; }
.pale { color: var(--pale); font-size: .85rem; }
meter { width: 4rem; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --pale: #444; --line: #bbb; --card: #fff; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; }
  .day { grid-template-columns: repeat(3, 1fr); }
}
"""
POLICY = (
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)


class Shot(NamedTuple):
    """A picture with its caption.

    Attributes:
        picture: Its address, `data:…` (see `embedded`); empty if it is not available.
        why: The reason why it is not available.
        time: `09:15`; empty if unknown.
        user: The user whose screen it shows.
        work: Project and description of the entry.
        activity: 0 to 1; None if unknown.
    """

    picture: str
    why: str
    time: str
    user: str
    work: str
    activity: float | None


def embedded(content: bytes) -> str:
    """A picture as a `data:` address.

    Raises:
        ClockeyeError: The content is not a picture.
    """
    return f"data:image/{kind_of(content)};base64,{b64encode(content).decode()}"


def render(title: str, about: str, days: Mapping[str, Sequence[Shot]]) -> str:
    """The page.

    Args:
        title: Its heading.
        about: The line below it: days, user, time zone.
        days: The pictures by the heading of their day, in order.
    """
    sections = "".join(_section(day, shots) for day, shots in days.items())
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header><h1>{_text(title)}</h1>
<p>{_text(about)}</p></header>
<main>
{sections}</main>
</body>
</html>
"""


def _section(day: str, shots: Sequence[Shot]) -> str:
    figures = "".join(_figure(day, shot) for shot in shots)
    return f'<h2>{_text(day)} <small>{len(shots)}</small></h2>\n<div class="day">\n{figures}</div>\n'


def _figure(day: str, shot: Shot) -> str:
    alternative = ", ".join(part for part in (f"Screenshot of {shot.user}", day, shot.time) if part)
    picture = (
        f'<img src="{shot.picture}" alt="{_text(alternative)}">'
        if shot.picture
        else f'<div class="missing">{_text(shot.why)}</div>'
    )
    percent = None if shot.activity is None else f"{shot.activity * 100:.0f}"
    activity = (
        f'<span class="pale">{percent} % <meter max="100" value="{percent}" title="Activity"></meter></span>'
        if percent
        else ""
    )
    return (
        f"<figure>{picture}<figcaption>"
        f"<p><strong>{_text(shot.time)}</strong>{activity}</p>"
        f'<p>{_text(shot.work)}</p><p class="pale">{_text(shot.user)}</p>'
        "</figcaption></figure>\n"
    )


def _text(text: str) -> str:
    return escape(safe(text))
