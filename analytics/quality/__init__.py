"""How far the data can be trusted.

1. `reading`   the report of what imports found and of what is stored (`quality_of`)
2. `evenness`  days without orders, and weeks far from their neighbours
"""
