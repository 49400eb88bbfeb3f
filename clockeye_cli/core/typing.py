"""The parts of typing that modules need at run time, without importing it: that takes too long.

To mypy they are typing's own. A class of this NamedTuple behaves like one of typing's, but no code is
compiled to make it; for the forty classes of a command, that took 7 ms.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated as Annotated  # noqa: PLC0414 (exported)
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 (exported)
    from typing import assert_never as assert_never  # noqa: PLC0414 (exported)
else:
    from _collections import _tuplegetter

    class Annotated:
        """Its value is the pair that was written."""

        def __class_getitem__(cls, pair):
            return pair

    def assert_never(value):
        """Raise, where mypy knows that no value is left."""
        raise AssertionError(f"Expected code to be unreachable, but got: {value!r}")

    class Maker(type):
        """Makes the fields of a NamedTuple from its annotations."""

        def __new__(cls, name, bases, space):  # noqa: D102 (as for any class)
            if bases != (tuple,):
                fields = tuple(space.get("__annotations__", ()))
                defaults = {field: space[field] for field in fields if field in space}
                space |= {field: _tuplegetter(place, None) for place, field in enumerate(fields)}
                space |= {"__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            return super().__new__(cls, name, bases, {"__slots__": ()} | space)

    class NamedTuple(tuple, metaclass=Maker):
        """The base of a class whose annotations are its fields."""

        def __new__(cls, *values, **named):  # noqa: D102 (as for any class)
            fields = cls._fields
            if named or len(values) != len(fields):
                defaults, rest = cls._field_defaults, fields[len(values) :]
                try:
                    values += tuple([named.pop(name) if name in named else defaults[name] for name in rest])
                except KeyError as error:
                    raise TypeError(f"{cls.__name__} needs a value for {error}") from None
                if named or len(values) > len(fields):
                    raise TypeError(f"too many values for {cls.__name__}: {values!r}, {named!r}")
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values):
            row = tuple.__new__(cls, values)
            if len(row) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(row)}")
            return row

        def _replace(self, **named):
            values = [named.pop(name, value) for name, value in zip(self._fields, self, strict=True)]
            if named:
                raise ValueError(f"unknown fields of {type(self).__name__}: {named!r}")
            return tuple.__new__(type(self), values)

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self._asdict().items())})"

        def __getnewargs__(self):
            return tuple(self)
