"""From official documents to a published build: sources, readers, passages, build, publish."""
