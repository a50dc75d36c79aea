"""Heeding what somebody said, as the shop does: her dislikes, her likes, a newcomer's answers."""

from __future__ import annotations

import numpy as np

from benchmarks.recommending.protocol import Asked, Floats, K, Known, forbidden


def heeding(known: Known, wish: Asked, worth: Floats) -> Floats:
    """Heed what she said: nothing she dislikes, and something of what she likes.

    A newcomer's answers count before anything else; a known customer's likes bring their best product to the first
    place where none of the first ten is one (`analytics.recommendation.liking`). `worth` is changed.
    """
    worth[forbidden(known, wish)] = -np.inf
    if not wish.dislikes and not wish.likes:
        return worth
    disliked, liked = (np.isin(known.on_sale.categories, named) for named in (wish.dislikes, wish.likes))
    worth[disliked] = -np.inf
    fits = np.flatnonzero(liked & (worth > -np.inf))
    if len(fits) == 0:
        return worth
    if wish.customer is None:
        worth[fits] += 2 * worth.max()
        return worth
    best = np.argpartition(-worth, min(K, len(worth) - 1))[:K]
    if not liked[best].any():
        worth[fits[np.argmax(worth[fits])]] = 2 * worth.max()
    return worth
