"""Features and segments that follow the events of a batch, within its transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from analytics import columns as c
from analytics.live.figures import figures_of_bought
from analytics.live.segments import LiveModel, chosen_segment, figures_of
from store.repositories.live_features import FeaturesChange, FeaturesPlace, change_features, features_places
from store.repositories.segment_moves import SegmentMoveRow, add_moves

_NOWHERE = FeaturesPlace(None, None, "{}")


def place_customers(
    connection: Connection,
    customers: Mapping[str, Mapping[str, Any]],
    buyers: Collection[str],
    model: LiveModel | None,
    now: datetime,
) -> None:
    """Bring features and segments of customers up to date.

    Parameters
    ----------
    customers : {customer id: plain values of `analytics.live.state.Bought`}; those without orders have no segment.
    buyers : customers among them whose orders changed: their features are written in any case.
    model : the segment model in use; None: only features are written.
    now : aware.
    """
    moment = now.timestamp()
    figures = {one: figures_of_bought(bought, moment) for one, bought in customers.items() if bought["orders"]}
    if not figures:
        return
    places = features_places(connection, list(figures))
    changes, moves = [], []
    for customer_id, live in figures.items():
        place = places.get(customer_id, _NOWHERE)
        move = None if model is None else _move(customer_id, live, place, model, now)
        if move is not None:
            moves.append(move)
        if move is not None or customer_id in buyers:
            segment = (place.segment_id, place.model_version) if move is None else (move.to_segment, move.model_version)
            changes.append(_change(customer_id, live, *segment))
    change_features(connection, changes, now)
    add_moves(connection, moves)


def _move(
    customer_id: str, live: Mapping[str, float], place: FeaturesPlace, model: LiveModel, now: datetime
) -> SegmentMoveRow | None:
    """Give the move where she is in another segment now; None where she stays."""
    segments = model.model
    distances = segments.distances(figures_of(live, segments.space.figures, place.behaviour))
    chosen = chosen_segment(distances, segments.ids, place.segment_id)
    if chosen == place.segment_id:  # it keeps its number over rebuilds
        return None
    return SegmentMoveRow(
        customer_id=customer_id,
        from_segment=place.segment_id,
        to_segment=chosen,
        name=model.names.get(chosen, f"Segment {chosen}"),
        model_version=model.version,
        why="first" if place.segment_id is None else "event",
        at=now,
    )


def _change(
    customer_id: str, live: Mapping[str, float], segment_id: int | None, model_version: str | None
) -> FeaturesChange:
    return FeaturesChange(
        customer_id,
        round(live[c.RECENCY_DAYS], 3),
        int(live[c.FREQUENCY]),
        live[c.MONETARY],
        segment_id,
        model_version,
    )
