"""Training the sentiment heads: the voices, the sets it needs, and the file it writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from language import train_sentiment
from language.sentiment import FIGURES, Sentiment
from language.sentiment_data import SHOP_SENTENCES, DataAbsentError, rated_sentences, shop_sentences

PUBLIC = Path(__file__).resolve().parents[3] / "shared" / "data"


def test_every_domain_speaks_with_its_voice_however_many_sentences_it_has() -> None:
    voices = train_sentiment.voices(np.array(["films"] * 4 + ["yelp", "shop"]), {"shop": 5000.0})
    assert voices.tolist() == [1000 / 4] * 4 + [1000 / 1, 5000 / 1]


def test_the_tone_is_learnt_from_feelings_only() -> None:
    """Calm shop talk in bad words (second figure) must not teach the tone that bad words are fine."""
    seen = np.pad([[1.0, 1.0], [-1.0, 0.0], [0.0, 1.0], [0.0, 1.0]], ((0, 0), (0, FIGURES - 2)))
    ratings, domains = np.array([-0.8, 0.8, 0.0, -0.1]), np.array(["shop", "yelp", "requests", "shop"])
    whole, _ = train_sentiment.fit(seen, ratings, domains)
    without_calm, _ = train_sentiment.fit(seen[[0, 1, 2]], ratings[[0, 1, 2]], domains[[0, 1, 2]])
    assert whole(seen).tolist() == without_calm(seen).tolist()


def test_the_shops_own_sentences_cover_the_whole_scale() -> None:
    ratings = [sentence.rating for sentence in shop_sentences()]
    assert (min(ratings), max(ratings)) == (-1.0, 1.0)
    assert sum(abs(rating) < 0.3 for rating in ratings) >= 600
    assert sum(rating <= -0.5 for rating in ratings) >= 200


def test_no_sentence_of_the_shop_is_cut_at_a_comma_or_told_twice() -> None:
    with SHOP_SENTENCES.open(newline="") as lines:
        rows = list(csv.reader(lines))
    assert {len(row) for row in rows} == {2}
    assert len({text for _, text in rows}) == len(rows)


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
    assert len(document["feeling"]["weights_e4"]) == 384 + 4 + 10
    assert Sentiment.load(out).score("lovely", np.zeros(384, dtype=np.float32)) <= 1


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="data absent: the public sets are not beside the project")
def test_the_public_sets_are_read_in_full() -> None:
    sentences = rated_sentences(PUBLIC)
    assert sum(sentence.domain == "yelp" for sentence in sentences) == 1000
    assert sum(sentence.domain == "films" for sentence in sentences) == 10605
    assert all(-1 <= sentence.rating <= 1 for sentence in sentences)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
