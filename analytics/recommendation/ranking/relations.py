"""What goes with what: four ways to tell how near two products are, each kept as its strongest neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.linear import bought_too, next_in_basket
from analytics.recommendation.ranking.rows import Rows, stacked, strongest

#: Neighbours kept of each product by baskets and by words; baskets read at most, the latest ones.
KEPT, KEPT_ALIKE, BASKETS_READ = 100, 40, 200_000
#: Half-life of what lies together, in days: what goes with what changes slowly.
TOGETHER = 240.0
#: Products whose words are compared with all others at once.
_BLOCK = 2_000
#: A word: two letters or digits at least.
_WORD = r"[^\W_]{2,}"
#: What likeness of prose counts beside likeness of names: a name shares few words, each of which weighs much, prose
#: many that weigh little, so at the same weight the names still decide.
_PROSE = 1.0
#: Words of prose there are at most, those most used; those kept of each product, its most telling ones; and products
#: with a word at most: so long prose in a wide range costs little.
_PROSE_WORDS, _TELLING, _TOLD_OF = 20_000, 30, 1_000
#: Words added to the length of a product's prose, so that two of which one word is told are not the same thing.
_FEW_WORDS = 5.0
#: Baskets added to those with a product, so that two rare things bought together once are no pair.
_CAUTION = 3.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Relations:
    """Neighbours of each product, (products × products).

    `bought_too` : by who buys both (EASE). `follows` : by what is in the next basket, of old acquaintances too.
    `same_basket` : by what lies together. `alike` : by words.
    """

    bought_too: Rows
    follows: Rows
    same_basket: Rows
    alike: Rows


def relate(ledger: Ledger, alike: Rows) -> Relations:
    """Learn the relations; `alike` does not change with time and is learnt once."""
    return Relations(
        bought_too=bought_too(ledger), follows=next_in_basket(ledger), same_basket=same_basket(ledger), alike=alike
    )


def same_basket(ledger: Ledger) -> Rows:
    """Relate products of one basket by the cosine of the baskets they lie in, recent baskets counting more."""
    base = np.concatenate([[0], np.cumsum(ledger.baskets)]).astype(np.int64)
    number = base[ledger.customer] + ledger.basket
    inside = np.flatnonzero(_latest_baskets(number, ledger.age, int(base[-1]))[number])
    weight = np.exp2(ledger.age[inside] / -TOGETHER / 2).astype(np.float32)
    held = sparse.csr_matrix(
        (weight, (number[inside], ledger.product[inside])), shape=(int(base[-1]), ledger.width), dtype=np.float32
    )
    together = (held.T @ held).tocsr()
    length = np.sqrt(together.diagonal() + _CAUTION).astype(np.float32)
    rows = np.repeat(np.arange(ledger.width), np.diff(together.indptr))
    together.data /= length[rows] * length[together.indices]
    return strongest(_without_self(together, 0), KEPT)


def _latest_baskets(number: NDArray[np.int64], age: NDArray[np.float32], count: int) -> NDArray[np.bool_]:
    """Choose the latest baskets; all of them where there are no more than `BASKETS_READ`."""
    chosen = np.ones(count, bool)
    if count > BASKETS_READ:
        ages = np.full(count, np.inf, np.float32)
        ages[number] = age
        chosen[np.argsort(ages, kind="stable")[BASKETS_READ:]] = False
    return chosen


def nearest_texts(texts: Sequence[str], prose: Sequence[str] | None = None) -> Rows:
    """Give the products whose words are most alike: cosine of TF-IDF over words and pairs of words.

    Parameters
    ----------
    texts : what each product is called.
    prose : what else is told of it, "" for nothing; its cosine, of single words, is added to that of the names. None:
        nothing is told of any.
    """
    names = _weighed(texts, ngram_range=(1, 2), max_df=0.1)
    told = None if prose is None else _prose(prose)
    known = [one for one in (names, told) if one is not None]
    if not known:  # not a word is shared
        return Rows.of(sparse.csr_matrix((len(texts), len(texts)), dtype=np.float32))
    words = sparse.hstack(known, "csr", np.float32)
    steps = range(0, len(texts), _BLOCK)
    alike = ((words[start : start + _BLOCK] @ words.T).tocsr() for start in steps)
    blocks = [strongest(_without_self(block, start), KEPT_ALIKE) for start, block in zip(steps, alike, strict=True)]
    return stacked(blocks, len(texts))


def _weighed(texts: Sequence[str], **more: Any) -> Any:
    """Weigh the words of texts by TF-IDF, (texts × words); None where not a word is shared."""
    weigh = TfidfVectorizer(sublinear_tf=True, min_df=2, dtype=np.float32, token_pattern=_WORD, **more)
    try:
        return weigh.fit_transform(texts)
    except ValueError:
        return None


def _prose(texts: Sequence[str]) -> Any:
    """Weigh the most telling words of prose, (texts × words); None where not a word is shared."""
    rare = min(0.1, _TOLD_OF / max(len(texts), 1))
    words = _weighed(texts, norm=None, max_features=_PROSE_WORDS, max_df=rare)
    if words is None:
        return None
    squares = words.power(2)
    length = np.sqrt(squares.sum(axis=1) + _FEW_WORDS * squares.data.mean()).A1
    telling = strongest(sparse.diags(np.sqrt(_PROSE) / length) @ words, _TELLING)
    return sparse.csr_matrix((telling.values, telling.columns, telling.starts), words.shape)


def _without_self(block: Any, first: int) -> Any:
    """Take a product's likeness to itself out; `first` is the number of the block's first row."""
    rows = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))
    block.data[block.indices == rows + first] = 0.0
    return block
