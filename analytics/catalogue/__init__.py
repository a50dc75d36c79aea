"""Finding products by words a customer would use."""
