"""Alembic migrations of the inbox and the records. Run by `bot.store.open_store` at start."""
