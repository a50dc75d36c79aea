"""Which product a text plainly names: its name of two words or more, whole, and no other product's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: Size and variety stand behind it: "Kids cereal, 14.5 oz (Own)".
_BEHIND = re.compile(r"[,(]")
_LEAST_WORDS = 2


class ProductNames:
    """Names of all products, by their words.

    Parameters
    ----------
    names : {product id: name}
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        by_words: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for product_id, name in names.items():
            for text in {name, _BEHIND.split(name)[0]}:
                words = _words(text)
                if len(words) >= _LEAST_WORDS:
                    by_words[words].add(product_id)
        self._by_words = by_words
        self._lengths = sorted({len(words) for words in by_words}, reverse=True)

    def named_in(self, text: str) -> str | None:
        """Give the one product that is named; None where there is none, or where it may be several."""
        words = _words(text)
        for length in self._lengths:
            found: set[str] = set()
            for start in range(len(words) - length + 1):
                found |= self._by_words.get(words[start : start + length], set())
            if found:
                return found.pop() if len(found) == 1 else None
        return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
