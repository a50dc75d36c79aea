"""What happens to a message: inbox, owner, turn, outbox."""
