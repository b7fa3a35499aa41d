"""The slash commands, as `manifest.json` declares them."""

from __future__ import annotations

RECORDING = "/recording"
CANCELLATION = "/cancellation"
