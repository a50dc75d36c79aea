"""What a table of ours is to the importer: fields with their kinds, keys, references and rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: How a value is read: "id" and "text" as text, "number", "whole" (no fraction), "moment", "flag" (yes or no), "facts"
#: (names and texts).
Kind = Literal["id", "text", "number", "whole", "moment", "flag", "facts"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table of ours."""

    name: str
    kind: Kind
    required: bool = False
    #: Smallest allowed value of a number.
    at_least: float | None = None
    at_most: float | None = None
    #: The table whose ids it must name.
    refers_to: str | None = None
    #: False for what only helps to derive something else.
    stored: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """One table of ours as the importer sees it."""

    name: str
    #: What a row is called in reasons: "unknown product".
    one: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Give a field by name."""
        return next(field for field in self.fields if field.name == name)
