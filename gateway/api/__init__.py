"""The HTTP side of the gateway: health, description, errors, headers."""
