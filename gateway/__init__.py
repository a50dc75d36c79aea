"""What customers touch: the public edge (WebSocket, inbox, ownership, outbox)."""
