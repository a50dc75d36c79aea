"""What conversations tell of a customer."""
