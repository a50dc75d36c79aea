"""What is expected of each customer: when she comes back, what she buys, what she answers."""
