"""The learned ranking: many sources about each product, weighed by trees taught on the shop's own past."""
