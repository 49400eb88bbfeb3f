"""Pages made from templates: all text is escaped, and nothing on a page can run or load anything.

If something slips through anyway, the page's security policy stops it.
"""

from __future__ import annotations

import os
from binascii import b2a_base64
from functools import cache
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from clockeye_cli.core.palette import PALETTE
from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
"""What a page may do: show embedded pictures. Its style sheet is allowed by its hash."""

TEMPLATES = os.path.join(os.path.dirname(__file__), "templates")


def page(template: str, style: str, values: Mapping[str, object]) -> Iterator[str]:
    """A page, in pieces.

    Args:
        template: The name of its template.
        style: The name of its style sheet, also a template; it is embedded.
        values: The values for the template. Texts may be any: they are escaped, and unsafe characters shown.

    Raises:
        UndefinedError: The template needs a value that is not given.
    """
    environment = _environment()
    # A style sheet is ours, and has no text from outside.
    css = Markup(environment.get_template(style).render(palette=PALETTE))  # noqa: S704
    digest = b2a_base64(sha256(css.encode()).digest(), newline=False).decode()
    policy = f"{POLICY}; style-src 'sha256-{digest}'"
    stream = environment.get_template(template).stream(style=css, policy=policy, **values)
    stream.enable_buffering(200)
    yield from stream


@cache
def _environment() -> Environment:
    """The templates, which a process compiles once."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["zip"] = zip
    return environment


def _shown(value: object) -> object:
    """What is written for a value: safe text, which Jinja then escapes; markup of our macros as it is."""
    return safe(value) if type(value) is str else value  # markup has a type of its own
