"""Where the members of segments lie, and how each place becomes the relation that `expressions.py` reads."""

from __future__ import annotations

import ibis
import pyarrow as pa
from ibis.expr.datatypes import JSON
from ibis.expr.types import Table

from analytics import columns as c
from analytics.segmentation.expressions import FIGURES, SCORES, Members

#: Name of the table or view where members lie outside of the shop's own database.
MEMBERS = "segment_members"
#: Name of the one that tells where members came from.
MOVES = "segment_moved"
#: Columns of the first.
SCHEMA = pa.schema(
    [
        ("segment", pa.int64()),
        *((name, pa.float64()) for name in (*FIGURES, *SCORES)),
        (c.USUAL_TIME, pa.string()),
        (c.FAVOURITE_CATEGORIES, pa.list_(pa.string())),
    ]
)


def members_table() -> Members:
    """Give members out of a table or view of that schema."""
    kinds = dict.fromkeys((*FIGURES, *SCORES), "float64")
    told = ibis.table(
        {"segment": "int64", **kinds, c.USUAL_TIME: "string", c.FAVOURITE_CATEGORIES: "array<string>"}, name=MEMBERS
    )
    return Members(told=told, favourites=told.select("segment", name=told[c.FAVOURITE_CATEGORIES].unnest()))


def features_table() -> Members:
    """Give members out of the shop's own features in PostgreSQL, as they are now; who is in no segment is left out."""
    stored = ibis.table(
        {"segment_id": "int32", **dict.fromkeys(c.RFM, "float64"), "behaviour": JSON(binary=True)},
        name="customer_features",
    )
    known = stored.filter(stored.segment_id.notnull())
    known = known.mutate(segment=known.segment_id.cast("int64"))
    of = known.behaviour
    further = {name: of[name].float for name in (*FIGURES, *SCORES) if name not in c.RFM}
    liked = known.select("segment", name=of[c.FAVOURITE_CATEGORIES].array.unnest())
    return Members(
        told=known.select("segment", *c.RFM, **further, **{c.USUAL_TIME: of[c.USUAL_TIME].str}),
        favourites=liked.select("segment", name=liked.name.str),
    )


def moves_table() -> Table:
    """Give where members came from, out of a table or view."""
    return ibis.table({"came_from": "int64", "segment": "int64"}, name=MOVES)
