"""What a customer is likely to buy next, with the model's own evidence for each product."""
