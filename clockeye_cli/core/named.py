"""NamedTuple (for now typing's)."""

from typing import NamedTuple as NamedTuple  # noqa: PLC0414
