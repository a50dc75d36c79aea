"""The one error that leaves the facade: a database that does not answer becomes `AnalyticsUnavailable`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from analytics.facade import AnalyticsUnavailable

_P = ParamSpec("_P")
_R = TypeVar("_R")


def unavailable_on_database_failure(method: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn the database's errors into `AnalyticsUnavailable`; programming errors pass as they are."""

    @wraps(method)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return method(*args, **kwargs)
        except SQLAlchemyError as error:
            kind = type(error).__name__
            raise AnalyticsUnavailable(f"The database did not answer ({kind}); see `rapport doctor`.") from error

    return guarded
