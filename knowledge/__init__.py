"""The domain of Recording Desk: questions, editions, passages, answers. Imports neither `bot` nor `ingest`."""
