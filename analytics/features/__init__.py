"""What is computed of each customer from her orders: recency, frequency, money, and habits."""
