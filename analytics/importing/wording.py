"""Shop codes to words a customer reads: "FRZN BAGGED VEGETABLES - PLAIN", "16 OZ" to "Frozen vegetables, 16 oz".

What the codes of one shop mean stands in YAML files beside its mapping, never in code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analytics.importing.errors import MappingError
from analytics.importing.mapping import read_yaml
from analytics.importing.sizes import pack_size


class LooseGoods(BaseModel):
    """Pack sizes that are the shop's own cases, not what a customer takes home (a 40 lb case of bananas)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    department: str
    #: Categories of that department whose sizes are real packs all the same.
    except_categories: list[str] = Field(default_factory=list)
    #: Regular expression that the whole readable size ("40 lb") matches.
    size: str


class Vocabulary(BaseModel):
    """The words of one shop; keys are its own codes."""

    model_config = ConfigDict(extra="forbid")

    #: Parts of codes, replaced before single words: {"TEA CAN": "canned tea"}.
    phrases: dict[str, str] = Field(default_factory=dict)
    #: Single words: {"FRZN": "frozen"}.
    words: dict[str, str] = Field(default_factory=dict)
    #: Product types whose words are known as a whole.
    types: dict[str, str] = Field(default_factory=dict)
    #: The same within one category: {"BEEF": {"LEAN": "Lean ground beef"}}.
    types_of: dict[str, dict[str, str]] = Field(default_factory=dict)
    #: How other types of a category are worded: {"BACON": "{} bacon"}.
    patterns: dict[str, str] = Field(default_factory=dict)
    loose: list[LooseGoods] = Field(default_factory=list)
    lookups: dict[str, dict[str, str]] = Field(default_factory=dict)


def load_vocabulary(folder: Path, files: list[str]) -> Vocabulary:
    """Read and join the word files; a later file adds to an earlier one, section by section.

    Raises
    ------
    MappingError
        A file is missing or holds something unknown.
    """
    joined: dict[str, Any] = {}
    for file in files:
        for section, content in read_yaml(folder / file).items():
            known = joined.get(section)
            if isinstance(known, dict) and isinstance(content, dict):
                joined[section] = {**known, **content}
            elif isinstance(known, list) and isinstance(content, list):
                joined[section] = [*known, *content]
            else:
                joined[section] = content
    try:
        return Vocabulary.model_validate(joined)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise MappingError(f"{', '.join(files)}: {key}: {first['msg']}.") from error


class Wording:
    """Words one shop's codes; all methods are pure and take None for a missing code."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._phrases = _replacer(vocabulary.phrases)
        self._words = {code.upper(): word for code, word in vocabulary.words.items()}
        self._loose = [(rule, re.compile(rule.size)) for rule in vocabulary.loose]
        self.readable: Callable[[str | None], str | None] = lru_cache(maxsize=16384)(self._readable)

    def _readable(self, code: str | None) -> str | None:
        """Word a code, first letter large: "FRZN FRENCH FRIES" to "Frozen french fries"; None for an empty one."""
        if code is None:
            return None
        text = re.sub(r"\([^)]*\)?", " ", code)
        text = self._phrases(text)
        text = re.sub(r"\s*(?::|\s-+(?=\s)|-\s)\s*", ", ", text)
        text = re.sub(r"\s*&\s*", " & ", text)
        text = re.sub(r"[^\s/,&]+", lambda match: self._words.get(match.group().upper(), match.group().lower()), text)
        text = re.sub(r"\s+", " ", re.sub(r"\s+,", ",", text)).strip(" ,/&")
        return text[:1].upper() + text[1:] if text else None

    def size(self, code: str | None, department: str | None, category: str | None) -> str | None:
        """Word a pack size; None where the code says none, or only the size of the shop's own case."""
        size = pack_size(code)
        if size is None:
            return None
        for rule, pattern in self._loose:
            exempt = category in rule.except_categories
            if rule.department == department and not exempt and pattern.fullmatch(size):
                return None
        return size

    def product_name(
        self, type_code: str | None, category: str | None, department: str | None, size: str | None
    ) -> str | None:
        """Name a product by the most telling code there is, and its size: "Kids cereal, 14.5 oz"."""
        name = self._type_name(type_code, category) or self.readable(category) or self.readable(department)
        return f"{name}, {size}" if name and size else name

    def _type_name(self, type_code: str | None, category: str | None) -> str | None:
        if type_code is None:
            return None
        vocabulary = self._vocabulary
        known = vocabulary.types_of.get(category or "", {}).get(type_code) or vocabulary.types.get(type_code)
        if known:
            return known
        words = self.readable(type_code)
        pattern = vocabulary.patterns.get(category or "")
        if words is None or pattern is None or _says_it_already(words, pattern):
            return words
        text = pattern.format(words if pattern.startswith("{}") else words[:1].lower() + words[1:])
        return text[:1].upper() + text[1:]


def title_case(text: str | None) -> str | None:
    """Give "ANNA-LENA O'NEIL" as "Anna-Lena O'Neil"."""
    if text is None:
        return None
    return re.sub(r"[^\W\d_]+", lambda match: match.group()[:1].upper() + match.group()[1:].lower(), text)


def _says_it_already(words: str, pattern: str) -> bool:
    """Whether one of the pattern's own words (or its singular) stands in the text."""
    own = re.findall(r"[a-z]{4,}", pattern.lower())
    return any(word.rstrip("s") in words.lower() for word in own)


def _replacer(table: dict[str, str]) -> Callable[[str], str]:
    """Give a function that replaces all codes of a table at once, the longest first, at word borders only."""
    if not table:
        return lambda text: text
    upper = {code.upper(): words for code, words in table.items()}
    codes = "|".join(re.escape(code) for code in sorted(upper, key=len, reverse=True))
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{codes})(?![A-Za-z0-9])", re.IGNORECASE)
    return lambda text: pattern.sub(lambda match: upper[match.group().upper()], text)
