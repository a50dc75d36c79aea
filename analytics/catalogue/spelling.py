"""Words one slip away: a letter left out, added, changed, or two swapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Shorter words are too like each other: "tea" is one letter from "pea" and "sea".
SHORTEST = 5


class Speller:
    """Finds known words within one edit of a given one.

    Every word is filed under itself and under each form with one letter left out; two words within one edit of each
    other then share a form, so that a look-up costs as many steps as the word has letters, whatever the vocabulary.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._filed: dict[str, list[str]] = {}
        for word in vocabulary:
            if len(word) >= SHORTEST - 1:
                for form in _forms(word):
                    self._filed.setdefault(form, []).append(word)

    def near(self, word: str) -> list[str]:
        """Give the known words within one edit, sorted; none for words under `SHORTEST` letters or with digits."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        found = {known for form in _forms(word) for known in self._filed.get(form, ())}
        return sorted(known for known in found if within_one_edit(word, known))


def within_one_edit(one: str, other: str) -> bool:
    """Tell whether one insertion, deletion, change or swap of neighbours (or none) makes the words equal."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    shorter = min(len(one), len(other))
    at = next((index for index in range(shorter) if one[index] != other[index]), shorter)
    rest, other_rest = one[at:], other[at:]
    changed = rest[1:] == other_rest[1:]
    swapped = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return changed or swapped or rest[1:] == other_rest or rest == other_rest[1:]


def _forms(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
