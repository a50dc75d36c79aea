"""Segments move with their customers between rebuilds: the middles, warm, from where they are; nobody's id changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analytics.segmentation.measures import Labels
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.ranks import Floats

#: A customer changes her segment when another is nearer by this share of the distance to her present one.
CLEARLY = 0.15
#: Steps of a warm fit: it starts where it nearly is.
_STEPS = 10
#: A middle that fewer customers than this hold up stays where it is.
_HELD = 5


def moved_model(model: SegmentModel, points: Floats) -> SegmentModel:
    """Move the middles to where their customers are now (Lloyd's steps from the present middles).

    The space stays as it is, so that the figures of yesterday and today read alike. A mixture keeps its widths.

    Parameters
    ----------
    points : of all customers, or of as many as there are to hand, in the model's space.
    """
    for _ in range(_STEPS):
        nearest = model.distances_of(points).argmin(axis=1)
        middles = tuple(
            tuple(points[nearest == place].mean(axis=0).tolist()) if (nearest == place).sum() >= _HELD else middle
            for place, middle in enumerate(model.middles)
        )
        if np.allclose(middles, model.middles, atol=1e-6):
            break
        model = replace(model, middles=middles)
    return model


def settled(model: SegmentModel, points: Floats, present: NDArray[np.int64], clearly: float = CLEARLY) -> Labels:
    """Give the segment of each customer, who stays in hers unless another is clearly nearer.

    Parameters
    ----------
    present : the segment id of each; one that the model does not know (0, say) for those who have none.
    """
    distances = model.distances_of(points)
    ids = np.array(model.ids, dtype=np.int64)
    nearest = distances.argmin(axis=1)
    known = np.isin(present, ids)
    hers = np.where(known, np.searchsorted(ids, np.where(known, present, ids[0])), nearest)
    rows = np.arange(len(points))
    moves = distances[rows, nearest] < (1 - clearly) * distances[rows, hers]
    return np.asarray(ids[np.where(moves, nearest, hers)], dtype=np.int64)
