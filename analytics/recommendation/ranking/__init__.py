"""The learned ranking: evidence from many sources about each product, weighed by trees taught on the shop's own past."""
