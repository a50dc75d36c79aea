"""What a person can mend before an import: nothing was written when one of these is raised.

ShopImportError      root; its message is one line: what, why, how to mend it
├── MappingError     the mapping file says something that cannot be used
└── SourceError      a source file is missing, unreadable, or lacks a column
"""

from __future__ import annotations


class ShopImportError(ValueError):
    """Root of what is wrong with the import's input."""


class MappingError(ShopImportError):
    """The mapping file says something that cannot be used; the message names the key."""


class SourceError(ShopImportError):
    """A source file is missing, unreadable, or lacks a column that the mapping names."""
