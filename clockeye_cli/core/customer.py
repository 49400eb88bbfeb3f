"""The value for a client: somebody for whom projects are done, and who gets the invoices."""

from __future__ import annotations

from clockeye_cli.core.typing import NamedTuple


class Customer(NamedTuple):
    """A client (`Client` is the one of the API). It exists on this computer only: the API has no clients.

    Attributes:
        id: `cl_…`.
        name: As the user wrote it; unique, ignoring case.
        archived: Whether it is kept for its projects and invoices, but no longer offered.
    """

    id: str
    name: str
    archived: bool = False
