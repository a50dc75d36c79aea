"""Groups of customers found in the data, with names and portraits written from it.

1. `ranks`      figures to their place among all customers, 0..1
2. `model`      centroids in that space; assigns one customer in microseconds
3. `choosing`   how many groups: measured, by a written rule
4. `portraits`  names and sentences from the figures of each group
"""
