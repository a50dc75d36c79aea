"""Lists for people: customers by page, segments with their sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, or_, select

from store.repositories.artifacts import active_artifact
from store.repositories.profiles import SegmentRow, segments_of_version
from store.tables import customer_features, customers, predictions, segments

#: Sign before a character of the search that LIKE would take for a wildcard.
_ESCAPE = "\\"

_SORTS: dict[str, ColumnElement[Any]] = {
    "name": func.lower(customers.c.name),
    "last_order": customer_features.c.recency_days,
    "orders": customer_features.c.frequency,
    "spent": customer_features.c.monetary,
    "segment": segments.c.name,
    "churn": predictions.c.churn,
    "value": predictions.c.value,
    "at_risk": predictions.c.at_risk,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCustomers:
    """Rows of one page and how many there are in all."""

    rows: list[Row[Any]]
    total: int


def list_customers(
    connection: Connection,
    *,
    search: str,
    segment_id: int | None,
    sort: str,
    descending: bool,
    offset: int,
    limit: int,
) -> ListedCustomers:
    """Give one page of customers.

    Parameters
    ----------
    search : part of a name, or the beginning of an id or an e-mail address, in any case; "" for everybody.
    sort : a key of the orders this module knows; what is not known of a customer stands last.
    """
    conditions = _conditions(search, segment_id)
    column = _SORTS[sort]
    way = column.desc() if descending else column.asc()
    query = _listed().where(*conditions).order_by(case((column.is_(None), 1), else_=0), way, customers.c.customer_id)
    count = select(func.count()).select_from(customers)
    if segment_id is not None:
        count = count.join(customer_features, customer_features.c.customer_id == customers.c.customer_id)
    total = connection.execute(count.where(*conditions)).scalar_one()
    return ListedCustomers(rows=list(connection.execute(query.limit(limit).offset(offset))), total=int(total))


def any_predicted(connection: Connection) -> bool:
    """Whether anything is predicted of anybody."""
    return connection.execute(select(predictions.c.customer_id).limit(1)).first() is not None


def segment_rows(connection: Connection) -> list[SegmentRow]:
    """Give the segments in use, by id; none before they were found."""
    active = active_artifact(connection, "segments")
    return [] if active is None else segments_of_version(connection, active.version)


def _listed() -> Select[Any]:
    features = customer_features.c
    in_use = (segments.c.model_version == features.model_version) & (segments.c.segment_id == features.segment_id)
    return (
        select(
            customers.c.customer_id, customers.c.name, features.segment_id, segments.c.name.label("segment"),
            features.recency_days, features.frequency, features.monetary, predictions.c.churn, predictions.c.value,
            predictions.c.at_risk,
        )
        .join_from(customers, customer_features, features.customer_id == customers.c.customer_id, isouter=True)
        .join(segments, in_use, isouter=True)
        .join(predictions, predictions.c.customer_id == customers.c.customer_id, isouter=True)
    )  # fmt: skip


def _conditions(search: str, segment_id: int | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search:
        text = search.lower()
        for sign in (_ESCAPE, "%", "_"):
            text = text.replace(sign, _ESCAPE + sign)
        found.append(
            or_(
                func.lower(customers.c.name).like(f"%{text}%", escape=_ESCAPE),
                func.lower(customers.c.customer_id).like(f"{text}%", escape=_ESCAPE),
                func.lower(customers.c.email).like(f"{text}%", escape=_ESCAPE),
            )
        )
    if segment_id is not None:
        found.append(customer_features.c.segment_id == segment_id)
    return found
