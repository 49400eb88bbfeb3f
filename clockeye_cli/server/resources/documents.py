"""`/openapi.yaml` and `/docs`: what the API is, for machines and for people."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, ClassVar

from clockeye_cli.server.resources.resource import Operation, Resource

if TYPE_CHECKING:
    import falcon

    from clockeye_cli.server.database import Database


class _File(Resource):
    operations: ClassVar = {"GET": Operation()}
    is_versioned = False
    name = ""
    media_type = ""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._content = files("clockeye_cli.server").joinpath(self.name).read_bytes()

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """The file."""
        self.query(req)
        resp.content_type = self.media_type
        resp.data = self._content


class Document(_File):
    """The OpenAPI document."""

    name = "openapi.yaml"
    media_type = "application/yaml"  # RFC 9512


class Page(_File):
    """The same as a page; docs/make_api_page.py makes it from the document."""

    name = "docs.html"
    media_type = "text/html; charset=utf-8"

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """The page; nothing from elsewhere is loaded, and nobody may frame it."""
        super().on_get(req, resp)
        resp.set_header(
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        )
