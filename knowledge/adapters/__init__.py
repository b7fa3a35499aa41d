"""The only part of `knowledge` that may import a third-party engine (Chroma, sentence-transformers, LangChain)."""
