"""The cancellation check: what has to be so before a recorded crime leaves the figures, and what stands in the way.

`check_cancellation` takes a form and an open build. The rules it goes by are the reviewed tables (*.toml) beside it.
"""
