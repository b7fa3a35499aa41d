"""Submitted forms. None yet."""
