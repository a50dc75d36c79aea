"""Heeding what somebody said, as the shop does: her dislikes, her likes, a newcomer's answers."""

from __future__ import annotations

import numpy as np

from analytics.recommendation.hearing import UNHEARD, Words
from analytics.recommendation.liking import HEEDED, shares
from benchmarks.recommending.protocol import Asked, Floats, K, Known, Positions, forbidden


def heeding(known: Known, wish: Asked, worth: Floats, words: Words = UNHEARD) -> Floats:
    """Heed what she said: nothing she dislikes, and something of what she likes.

    A newcomer's answers count before anything else. What a known customer likes rises by what words are worth in the
    shop, and has the last place where it would have none (`analytics.recommendation.liking`).

    Parameters
    ----------
    worth : (products,), chances of being in the next basket; changed. words : what they are worth in the shop.
    """
    disliked, liked = (np.isin(known.on_sale.categories, named) for named in (wish.dislikes, wish.likes))
    worth[disliked] = -np.inf
    worth[forbidden(known, wish)] = -np.inf
    fits = np.flatnonzero(liked & (worth > -np.inf))
    if len(fits) == 0:
        return worth
    if wish.customer is None:
        worth[fits] += 2 * worth.max()
        return worth
    return _raised(worth, fits[np.argsort(-worth[fits], kind="stable")], words)


def _raised(worth: Floats, fits: Positions, words: Words) -> Floats:
    """Raise what she likes, its best first; the last place of a list is for it where words count."""
    first = float(worth.max())
    of_words = words.worth(first)
    before = np.maximum(worth[fits], 0.0)
    worth[fits] = before + first * of_words * np.array(shares((before / max(first, 1e-9)).tolist()))
    best = np.argsort(-worth, kind="stable")[:K]
    if of_words >= HEEDED and not np.isin(best, fits).any():
        worth[fits[0]] = np.nextafter(worth[best[-1]], np.float32(np.inf))
    return worth
