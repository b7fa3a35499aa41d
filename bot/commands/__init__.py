"""The subcommands of `desk`, one to a module."""
