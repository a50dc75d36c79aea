"""Segments of one version of the model, and which customer is in which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from store.tables import customer_features, segments


def write_segments(
    connection: Connection, model_version: str, rows: Sequence[dict[str, Any]], members: dict[str, int]
) -> None:
    """Replace all segments in the caller's transaction.

    Parameters
    ----------
    model_version : the artifact's version.
    rows : {"segment_id", "name", "portrait", "size", "means"} of each segment.
    members : {customer id: segment id} of every customer with features.
    """
    connection.execute(delete(segments))
    if rows:
        connection.execute(insert(segments), [{"model_version": model_version, **row} for row in rows])
    # Customers who got features since the figures were read have no segment of this version.
    connection.execute(update(customer_features).values(segment_id=None, model_version=None))
    if members:
        known = update(customer_features).where(customer_features.c.customer_id == bindparam("customer"))
        connection.execute(
            known.values(segment_id=bindparam("segment"), model_version=model_version),
            [{"customer": customer, "segment": segment} for customer, segment in members.items()],
        )
