"""Fitting a segment model: the middles of k groups in a space, numbered by what their members spend."""

from __future__ import annotations

import numpy as np
from sklearn.cluster import KMeans

from analytics import columns as c
from analytics.segmentation.figures import Columns
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.space import Space


def fit_model(columns: Columns, space: Space, k: int, seed: int) -> SegmentModel:
    """Fit K-Means in a space.

    Parameters
    ----------
    columns : of all customers, with those of `space.figures` and money spent.
    k : number of segments, at most the number of different customers.
    seed : the same seed on the same figures gives the same model.
    """
    points = space.points(columns)
    fitted = KMeans(k, n_init=10, random_state=seed).fit(points)
    spent = [columns[c.MONETARY][fitted.labels_ == label].mean() for label in range(k)]
    # Ids follow the money, so that segment 1 is the one that spends most.
    order = np.argsort(-np.array(spent), kind="stable")
    return SegmentModel(
        space=space, ids=tuple(range(1, k + 1)), middles=tuple(map(tuple, fitted.cluster_centers_[order].tolist()))
    )
