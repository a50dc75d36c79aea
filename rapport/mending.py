"""Errors of the lower layers that a person can mend, turned into `RapportError`.

Those layers may not know this package, so each has its own root; the border between them and a person is here.
"""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from analytics.facade import AnalyticsUnavailable
from analytics.importing.errors import ShopImportError
from analytics.shop.loader import ShopFileError
from rapport.errors import DatabaseError, InputError, RapportError
from store.migrate import UnknownRevisionError


def as_mendable(error: BaseException) -> RapportError | None:
    """Give the error in the words of its layer as a `RapportError`; None for a fault of the program."""
    if isinstance(error, RapportError):
        return error
    if isinstance(error, (ShopFileError, ShopImportError)):
        return InputError(str(error))
    if isinstance(error, AnalyticsUnavailable):
        return RapportError(str(error))
    if isinstance(error, UnknownRevisionError):
        return DatabaseError(f"{str(error)[0].upper()}{str(error)[1:]}")
    if isinstance(error, OperationalError):
        cause = " ".join(str(error.orig).split())
        return DatabaseError(f"The database stopped answering ({cause}): look after it and run the command again.")
    return None
