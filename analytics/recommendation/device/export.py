"""The document a browser recommends from: JSON of a few hundred kilobytes, the same bytes for the same shop."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.device.neighbours import KEPT, Neighbours, nearest
from analytics.recommendation.device.relations import near_by_baskets, near_by_words
from analytics.recommendation.device.shelf import Shelf
from analytics.recommendation.model import NextBasketModel
from analytics.recommendation_records import DeviceExport

#: Raised when a browser could not read it any more.
FORMAT = 1
#: Characters of a name or category that are told.
_LONGEST = 80


def export_of(model: NextBasketModel, shelf: Shelf, *, version: str, currency: str) -> DeviceExport:
    """Write the document.

    Parameters
    ----------
    version : of the recommender in use. currency : put before prices.
    """
    neighbours = nearest(
        shelf.counts, shelf.baskets, shelf.factors, near_by_baskets(model, shelf.kind), near_by_words(model, shelf.kind)
    )
    body = _written(shelf, neighbours, currency)
    return DeviceExport(
        version=f"{version}-{sha256(body).hexdigest()[:12]}",
        body=body,
        zipped=gzip.compress(body, compresslevel=9, mtime=0),
        kinds=len(shelf.rows),
    )


def popularity_levels(buyers: NDArray[np.int64]) -> list[int]:
    """Give numbers of buyers in steps of a doubling, so that one buyer more or less hardly ever shows."""
    return [int(level) for level in np.floor(np.log2(np.maximum(buyers, 1)))]


def _written(shelf: Shelf, neighbours: Neighbours, currency: str) -> bytes:
    categories = sorted({row.category for row in shelf.rows})
    number = {name: place for place, name in enumerate(categories)}
    document = {
        "format": FORMAT,
        "currency": currency,
        "categories": [name[:_LONGEST] for name in categories],
        "ids": [row.product_id for row in shelf.rows],
        "others": [list(ids) for ids in shelf.others],
        "names": [row.name[:_LONGEST] for row in shelf.rows],
        "category": [number[row.category] for row in shelf.rows],
        "department": [row.department[:_LONGEST] for row in shelf.rows],
        "prices": [row.price for row in shelf.rows],
        "popularity": popularity_levels(shelf.buyers),
        "kept": KEPT,
        "neighbours": b64encode(neighbours.places.astype("<u2").tobytes()).decode(),
        "weights": b64encode(neighbours.weights.tobytes()).decode(),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
