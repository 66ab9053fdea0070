"""Texts as vectors: the real model, and what is imported for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.language.encoder import DEFAULT_MODEL, SentenceEncoder

TEXTS = ["苏州有哪些做传感器的小巨人企业", "研发费用占比不低于3%", "MEMS麦克风", ""]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


# --- the default model ------------------------------------------------------------------------


@pytest.mark.model
def test_documents_are_rows_of_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode_documents(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((4, 512), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.model
def test_query_is_the_vector_of_the_same_document(encoder: SentenceEncoder) -> None:
    query = encoder.encode_query(TEXTS[0])
    assert (query.shape, query.dtype) == ((512,), np.float32)
    assert query @ encoder.encode_documents(TEXTS[:1])[0] == pytest.approx(1.0, abs=1e-5)


@pytest.mark.model
@pytest.mark.parametrize("text", [*TEXTS, " 空格 ", "WALKER 机器人 " * 40])
def test_query_without_torch_is_the_vector_of_sentence_transformers(
    encoder: SentenceEncoder, text: str
) -> None:
    whole = encoder._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
    assert encoder.encode_query(text) == pytest.approx(whole, abs=1e-6)
    assert encoder.encode_documents([text])[0] == pytest.approx(whole, abs=1e-6)


@pytest.mark.model
def test_same_text_has_the_same_vector_whatever_stands_beside_it(
    encoder: SentenceEncoder,
) -> None:
    alone = encoder.encode_query(TEXTS[1])
    assert np.array_equal(alone, encoder.encode_query(TEXTS[1]))
    assert encoder.encode_documents(TEXTS)[1] == pytest.approx(alone, abs=1e-5)
    assert not np.allclose(alone, encoder.encode_query(TEXTS[2]), atol=0.1)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "paraphrase", "unrelated"),
    [
        ("研发投入要占多少", "研发费用占比不低于3%", "拥有发明专利2项以上"),
        ("信息截至什么时候", "数据更新到哪一天", "苏州有多少家小巨人"),
        ("无人飞行器", "消费级无人机", "内存接口芯片"),
    ],
)
def test_paraphrase_is_nearer_than_an_unrelated_text(
    encoder: SentenceEncoder, text: str, paraphrase: str, unrelated: str
) -> None:
    query = encoder.encode_query(text)
    near, far = encoder.encode_documents([paraphrase, unrelated]) @ query
    assert near > far


# --- other models -----------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize("files", [{}, {"config.json": "{}"}, {"modules.json": "no JSON"}])
def test_folder_that_holds_no_model_is_refused_in_one_line(
    tmp_path: Path, files: dict[str, str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    refused(str(tmp_path))


@pytest.mark.model
def test_folder_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    refused(str(tmp_path / "没有"))


@pytest.mark.model
def test_unknown_name_is_refused_in_one_line_when_offline(encoder: SentenceEncoder) -> None:
    encoder.encode_documents(["载入"] * 600)  # from here on the libraries are offline
    refused("no/such-model")


def refused(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        SentenceEncoder(name).encode_query("苏州")
    message = str(caught.value)
    assert name in message
    assert "XIAOJUREN_MODEL" in message
    assert DEFAULT_MODEL in message
    assert "\n" not in message


@pytest.mark.parametrize("threads", [-1, 0, 1, 10_000])
def test_encoder_is_made_without_loading_anything(threads: int) -> None:
    assert SentenceEncoder("no/such-model", threads).name == "no/such-model"


# --- imports ----------------------------------------------------------------------------------

LIGHT = """
import sys, pkgutil, index
# A reader is imported with the first file of its kind, jieba with the first text that is cut.
for module in pkgutil.walk_packages(index.__path__, "index."):
    if not module.name.startswith(
        ("index.language.encoder_torch", "index.language.jieba_tables", "index.sources.")
    ):
        __import__(module.name)
heavy = {"torch", "sentence_transformers", "chromadb", "gradio", "jieba", "openpyxl", "bm25s",
         "scipy", "sklearn", "pypinyin", "cn2an"}
print(*sorted(heavy & sys.modules.keys()))
"""


QUERY = """
import sys
from index.language.encoder import SentenceEncoder
SentenceEncoder().encode_query("无人机")
SentenceEncoder().encode_documents(["无人机", "激光雷达"])
print(*sorted({"torch", "sentence_transformers", "transformers"} & sys.modules.keys()))
"""


@pytest.mark.model
def test_question_of_the_default_model_is_encoded_without_torch() -> None:
    command = [sys.executable, "-c", QUERY]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []


def test_importing_the_package_brings_nothing_heavy_along() -> None:
    command = [sys.executable, "-c", LIGHT]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []
