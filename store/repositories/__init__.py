"""Reading and writing each aggregate: small classes over one connection, no business rules."""
