"""Encoders and rerankers from a folder, with tiny checkpoints of random weights."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
import transformers

from core.errors import ConfigError
from knowledge.pretrained import PretrainedEncoder, PretrainedReranker
from knowledge.shop import load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import write

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] 云 雾 杯 山 茶 皂 多 少 钱 价 格 how much cup soap query :"
TEXTS = ["云雾杯", "山茶皂多少钱", "how much cup", ""]


def checkpoint(folder: Path, *, labels: int = 0) -> Path:
    """A BERT of two small layers; with labels, one that judges pairs."""
    torch.manual_seed(7)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(WORDS.split()), encoding="utf-8")
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(WORDS.split()), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=48, num_labels=max(1, labels),
    )  # fmt: skip
    kind = transformers.BertForSequenceClassification if labels else transformers.BertModel
    kind(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoint(tmp_path_factory.mktemp("models") / "encoder")


def test_vectors_have_length_one_and_do_not_hang_on_their_neighbours(model: Path) -> None:
    encoder = PretrainedEncoder(model)
    together = encoder.encode(TEXTS)
    assert together.shape == (4, encoder.dimensions) == (4, 32)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for row, text in enumerate(TEXTS):
        # shorter texts are filled up in a batch; the filling must not count
        assert np.allclose(encoder.encode_query(text)[0], together[row], atol=1e-5)
    assert encoder.encode([]).shape == (0, 32)


def test_what_sentence_transformers_says_of_a_model_is_followed(
    model: Path, tmp_path: Path
) -> None:
    mean = PretrainedEncoder(model)
    folder = checkpoint(tmp_path / "first")
    write(folder, "1_Pooling/config.json", json.dumps({"pooling_mode_cls_token": True}))
    prompts = {"prompts": {"query": "query : ", "document": ""}}
    write(folder, "config_sentence_transformers.json", json.dumps(prompts))
    first = PretrainedEncoder(folder)
    assert not np.allclose(first.encode(["云雾杯"]), mean.encode(["云雾杯"]), atol=1e-3)
    asked = first.encode_query("云雾杯")
    assert np.allclose(asked, first.encode(["query : 云雾杯"]), atol=1e-5)
    assert not np.allclose(asked, first.encode(["云雾杯"]), atol=1e-3)


def test_a_reranker_gives_one_score_for_each_text(tmp_path: Path) -> None:
    reranker = PretrainedReranker(checkpoint(tmp_path / "pairs", labels=1))
    scores = reranker.scores("多少钱", TEXTS)
    assert scores.shape == (4,)
    assert np.allclose(scores[1], reranker.scores("多少钱", TEXTS[1:2])[0], atol=1e-5)


def test_a_shop_searches_with_the_models_it_names(folder: Path) -> None:
    checkpoint(folder / ".presenter" / "encoder")
    reranker = checkpoint(folder / ".presenter" / "pairs", labels=1)
    plain = load_shop(folder, VirtualClock()).search("多少钱", product_id="A1")
    write(folder, "shop.toml", '[retrieval]\nencoder = ".presenter/encoder"\n')
    shop = load_shop(folder, VirtualClock())
    assert shop.report.refused == ()
    assert shop.search("多少钱", product_id="A1", limit=1)[0].fact.id == plain[0].fact.id
    write(folder, "shop.toml", f'[retrieval]\nreranker = "{reranker}"\n')
    shop.reload([folder / "shop.toml"])
    hits = shop.search("多少钱", product_id="A1")
    assert {hit.fact.id for hit in hits} == {hit.fact.id for hit in plain}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("what", ["no folder", "no weights", "no json"])
def test_a_model_that_cannot_be_loaded_is_said_and_the_shop_goes_on(
    folder: Path, what: str
) -> None:
    if what != "no folder":
        broken = checkpoint(folder / "models" / "small")
        (broken / "model.safetensors").write_bytes(b"cut")
        if what == "no json":
            write(broken, "config.json", "{")
    with pytest.raises(ConfigError, match="model"):
        PretrainedEncoder(folder / "models" / "small")
    write(folder, "shop.toml", '[retrieval]\nencoder = "models/small"\n')
    shop = load_shop(folder, VirtualClock())
    assert [entry.file for entry in shop.report.refused] == ["shop.toml"]
    assert shop.search("多少钱", product_id="A1")
