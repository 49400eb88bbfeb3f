"""`/healthz` and `/readyz`, for load balancers and containers: no key, no data."""

from __future__ import annotations

from typing import ClassVar

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.resources.resource import Operation, Resource

if TYPE_CHECKING:
    import falcon

PATHS = ("/healthz", "/readyz")
"""Answered under any name: a load balancer asks each server by its address."""

OK = b'{"status": "ok"}'


class Health(Resource):
    """Whether the process answers."""

    operations: ClassVar = {"GET": Operation()}
    is_versioned = False

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Always 200."""
        self.query(req)
        resp.data = OK


class Ready(Health):
    """Whether requests can be answered: whether the storage can be read."""

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """200, or 503 as for every request while the storage is away."""
        self.query(req)
        self._storage.check()
        resp.data = OK
