"""The rated sentences that the sentiment head learns from: public sets, and the shop's own in this folder."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHOP_SENTENCES = Path(__file__).with_name("shop_sentences.csv")

#: Public sets with their licence, as the head's file names them.
SOURCES = {
    "amazon": "uci_sentiment_sentences/amazon_cells_labelled.txt (CC BY 4.0)",
    "imdb": "uci_sentiment_sentences/imdb_labelled.txt (CC BY 4.0)",
    "yelp": "uci_sentiment_sentences/yelp_labelled.txt (CC BY 4.0)",
    "films": "vader_ratings/movieReviewSnippets_GroundTruth.txt (MIT)",
    "editorials": "vader_ratings/nytEditorialSnippets_GroundTruth.txt (MIT)",
    "requests": "clinc150/clinc150_train_val.json (CC BY 3.0), a sample, taken as neutral",
    "shop": "language/shop_sentences.csv (written for Rapport)",
}
#: A sentence marked only "positive" or "negative" counts as clearly so, not as extreme.
_MARKED = 0.7
_REQUESTS = 1500


class DataAbsentError(RuntimeError):
    """A public set is not there; the message names the file that was looked for."""


@dataclass(frozen=True)
class Rated:
    """One sentence of one domain with its rating, -1 to 1."""

    domain: str
    text: str
    rating: float


def rated_sentences(folder: Path) -> list[Rated]:
    """Read all sets, domain by domain.

    Parameters
    ----------
    folder : holds the public sets, each in its own sub-folder.

    Raises
    ------
    DataAbsentError : a set is missing.
    """
    marked = [sentence for domain in ("amazon", "imdb", "yelp") for sentence in _marked(folder, domain)]
    graded = [sentence for domain in ("films", "editorials") for sentence in _graded(folder, domain)]
    return [*marked, *graded, *_requests(folder), *shop_sentences()]


def shop_sentences() -> list[Rated]:
    """Read the sentences written for a shop's customer service; they come with the package."""
    with SHOP_SENTENCES.open(encoding="utf-8", newline="") as lines:
        return [Rated("shop", row["text"], float(row["rating"])) for row in csv.DictReader(lines)]


def _lines(folder: Path, domain: str) -> list[str]:
    path = folder / SOURCES[domain].split(" ", maxsplit=1)[0]
    if not path.is_file():
        raise DataAbsentError(f"{path} is missing. Name the folder with the public sets: --data FOLDER")
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def _marked(folder: Path, domain: str) -> Iterator[Rated]:
    for line in _lines(folder, domain):
        text, _, mark = line.rpartition("\t")
        yield Rated(domain, text.strip(), _MARKED if mark.strip() == "1" else -_MARKED)


def _graded(folder: Path, domain: str) -> Iterator[Rated]:
    for line in _lines(folder, domain):
        _, rating, text = line.split("\t", maxsplit=2)
        yield Rated(domain, text.strip(), float(rating) / 4)


def _requests(folder: Path) -> list[Rated]:
    """Ordinary requests to an assistant: what they are about may be grim, how they are put is calm."""
    texts = [text for text, _ in json.loads("\n".join(_lines(folder, "requests")))["train"]]
    return [Rated("requests", text, 0.0) for text in random.Random(20).sample(texts, _REQUESTS)]
