"""Slack and the terminal: the outermost layer of Recording Desk."""
