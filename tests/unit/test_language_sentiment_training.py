"""Training the sentiment head: the arithmetic, the sets it needs, and the file it writes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from language import train_sentiment
from language.sentiment_data import DataAbsentError, rated_sentences, shop_sentences

PUBLIC = Path(__file__).resolve().parents[3] / "shared" / "data"


def test_ridge_without_strength_finds_the_line() -> None:
    seen = np.array([[0.0], [1.0], [2.0]])
    weights, bias = train_sentiment.ridge(seen, 3 * seen[:, 0] + 1, np.ones(3), 0.0)
    assert (weights[0], bias) == pytest.approx((3.0, 1.0))


def test_ridge_shrinks_by_its_strength() -> None:
    # centred x = -1, 1 and y = -1, 1: weight = Σxy / (Σx² + strength) = 2 / (2 + 2)
    weights, bias = train_sentiment.ridge(np.array([[0.0], [2.0]]), np.array([0.0, 2.0]), np.ones(2), 2.0)
    assert (weights[0], bias) == pytest.approx((2 / (2 + 2), 1 - 0.5 * 1))


def test_a_sentence_with_twice_the_voice_counts_like_two() -> None:
    seen, ratings = np.array([[0.0], [1.0], [1.0]]), np.array([0.0, 1.0, 0.0])
    twice, _ = train_sentiment.ridge(seen, ratings, np.array([1.0, 2.0, 1.0]), 1.0)
    doubled, _ = train_sentiment.ridge(seen[[0, 1, 1, 2]], ratings[[0, 1, 1, 2]], np.ones(4), 1.0)
    assert twice == pytest.approx(doubled)


def test_every_domain_speaks_with_its_voice_however_many_sentences_it_has() -> None:
    voices = train_sentiment.voices(np.array(["films"] * 4 + ["yelp"]))
    assert voices.tolist() == [1000 / 4] * 4 + [1000 / 1]


def test_the_shops_own_sentences_cover_the_whole_scale() -> None:
    ratings = [sentence.rating for sentence in shop_sentences()]
    assert (min(ratings), max(ratings)) == (-1.0, 1.0)
    assert len(ratings) >= 150


def test_an_absent_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataAbsentError, match=r"amazon_cells_labelled.txt is missing"):
        rated_sentences(tmp_path)
    assert train_sentiment.main(["--data", str(tmp_path)]) == 1


def test_training_measures_and_writes_the_head(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four sentences a set are too few to learn from, but enough to go all the way."""
    few = tmp_path / "data"
    marked = "bad\t0\ngood\t1\nawful\t0\ngreat\t1\n"
    for name in ("amazon_cells", "imdb", "yelp"):
        _write(few / "uci_sentiment_sentences" / f"{name}_labelled.txt", marked)
    for name in ("movieReview", "nytEditorial"):
        _write(few / "vader_ratings" / f"{name}Snippets_GroundTruth.txt", "1\t-2.0\tdull\n2\t2.0\tnice\n3\t4\tlovely\n")
    requests = [[f"turn on lamp {number}", "lamp"] for number in range(1500)]
    _write(few / "clinc150" / "clinc150_train_val.json", json.dumps({"train": requests}))
    monkeypatch.setattr("language.sentiment_data._REQUESTS", 2)
    out = tmp_path / "head.json"
    assert train_sentiment.main(["--data", str(few), "--out", str(out)]) == 0
    document = json.loads(out.read_text())
    assert document["sentences"] == {
        "amazon": 4, "imdb": 4, "yelp": 4, "films": 3, "editorials": 3, "requests": 2, "shop": len(shop_sentences()),
    }  # fmt: skip
    assert len(document["weights_e4"]) == 384 + 4


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="data absent: the public sets are not beside the project")
def test_the_public_sets_are_read_in_full() -> None:
    sentences = rated_sentences(PUBLIC)
    assert sum(sentence.domain == "yelp" for sentence in sentences) == 1000
    assert sum(sentence.domain == "films" for sentence in sentences) == 10605
    assert all(-1 <= sentence.rating <= 1 for sentence in sentences)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
