"""What every request passes before a listener sees it, and before it is acknowledged."""
