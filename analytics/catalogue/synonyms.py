"""What customers say and what the catalogue says for it: `synonyms.yml` beside the shop file."""

from __future__ import annotations

from pathlib import Path

import yaml

from analytics.catalogue.words import stems_of
from analytics.shop.loader import ShopFileError
from language.yaml_text import load_yaml

Synonyms = dict[tuple[str, ...], list[tuple[str, ...]]]


def load_synonyms(path: Path) -> Synonyms:
    """Read phrases and their alternatives as stems; empty where the shop has no such file.

    The file maps a phrase to one phrase or a list: `nappies: diapers`, `soda: [soft drinks, cola]`. The phrase itself
    counts only where it is listed among its own alternatives.

    Raises
    ------
    ShopFileError
        The file is not such a mapping.
    """
    if not path.exists():
        return {}
    try:
        raw = load_yaml(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ShopFileError(f"Synonym file {path} is not valid YAML: {error}") from error
    if not isinstance(raw, dict):
        raise ShopFileError(f"Synonym file {path} must map what customers say to what the catalogue says.")
    synonyms: Synonyms = {}
    for phrase, meanings in raw.items():
        alternatives = meanings if isinstance(meanings, list) else [meanings]
        if not isinstance(phrase, str) or not all(isinstance(one, str) for one in alternatives):
            raise ShopFileError(f"Synonym file {path}: {phrase!r} must be text and stand for text or a list of texts.")
        synonyms[tuple(stems_of(phrase))] = [tuple(stems_of(one)) for one in alternatives]
    return synonyms
