"""Our NamedTuple behaves like typing's, and modules on the way of a daily command do not import typing."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from clockeye_cli.core import typing as ours


class Ours(ours.NamedTuple):
    """A value."""

    a: int
    b: str = "x"
    c: list[int] | None = None

    @property
    def twice(self) -> int:
        return self.a * 2

    @classmethod
    def of(cls, a: int) -> Ours:
        return cls(a, c=[])


class Typings(typing.NamedTuple):
    """A value."""

    a: int
    b: str = "x"
    c: list[int] | None = None

    @property
    def twice(self) -> int:
        return self.a * 2

    @classmethod
    def of(cls, a: int) -> Typings:
        return cls(a, c=[])


def plain(value: Any) -> Any:
    """A value of either class as a plain one; the name of the class is the only difference."""
    return repr(value).replace("Typings", "Ours"), isinstance(value, tuple)


@pytest.mark.parametrize(
    "use",
    [
        lambda kind: kind(1),
        lambda kind: kind(1, "y"),
        lambda kind: kind(1, "y", [2]),
        lambda kind: kind(a=1, c=[2]),
        lambda kind: kind(1, c=[2], b="z"),
        lambda kind: kind.of(3),
        lambda kind: kind.of(3).twice,
        lambda kind: kind._make([1, "y", None]),
        lambda kind: kind(1)._replace(b="z"),
        lambda kind: kind(1)._replace(),
        lambda kind: kind(1)._asdict(),
        lambda kind: kind(1)._fields,
        lambda kind: kind._field_defaults,
        lambda kind: kind.__match_args__,
        lambda kind: kind.__doc__,
        lambda kind: kind.__slots__,
        lambda kind: list(kind(1)),
        lambda kind: kind(1) == (1, "x", None),
        lambda kind: hash(kind(1)) == hash((1, "x", None)),
        lambda kind: kind(1)[1:],
        lambda kind: sorted([kind(2), kind(1)]),
        lambda kind: copy.deepcopy(kind(1, c=[2])),
        lambda kind: pickle.loads(pickle.dumps(kind(1, c=[2]))),
        lambda kind: kind(),
        lambda kind: kind(b="y"),
        lambda kind: kind(1, "y", None, 4),
        lambda kind: kind(1, a=2),
        lambda kind: kind(1, d=2),
        lambda kind: kind._make([1]),
        lambda kind: kind(1)._replace(d=2),
        lambda kind: setattr(kind(1), "a", 2),
        lambda kind: setattr(kind(1), "d", 2),
        lambda kind: kind(1).d,
    ],
)
def test_it_behaves_like_typings(use: Any) -> None:
    def result(kind: Any) -> Any:
        try:
            return plain(use(kind))
        except Exception as error:
            return type(error)

    assert result(Ours) == result(Typings)


def test_it_matches_patterns() -> None:
    match Ours(1, "y"):
        case Ours(a, b):
            assert (a, b) == (1, "y")


def test_a_missing_case_fails_where_mypy_was_wrong() -> None:
    with pytest.raises(AssertionError, match="unreachable"):
        ours.assert_never(1)  # type: ignore[arg-type] # that is the point
