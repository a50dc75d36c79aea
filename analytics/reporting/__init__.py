"""What is told of a shop: queries that become charts, tables and sentences.

1. `ground`      orders, products and people of one moment, in DuckDB
2. `spreads`, `groups`, `seasons`, `goods`, `comings`  one subject of the shop each
3. `shop`        the section made of them
4. `segments`, `predictions`, `quality`  what other jobs have written, for people
5. `summary`     sentences on top: what changed, what stands out, what to do
6. `packing`     a report as JSON and back
"""
