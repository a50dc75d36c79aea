"""The importer: a mapping file tells which column of which file feeds which table; any shop comes in this way.

1. `mapping`      the mapping file, checked
2. `readers`      source files (CSV, Parquet, files inside an installed package) as DuckDB tables
3. `expressions`  what a mapping may say about a field (`transforms` one by one, `scope` where), compiled to SQL
4. `wording`      shop codes to words a customer reads: product names, pack sizes
5. `targets`      what each table of ours needs, and which rules its rows keep
6. `cleaning`     rows that keep the rules, and the others with the reason
7. `dates`        moving a demonstration shop's year to the present
8. `derived`      what follows from the rest: prices, stock, distinct names, running offers
9. `writing`      into our tables, the same again if repeated
10. `report`      what was read, written and rejected

`analytics.jobs.import_shop` runs them in this order.
"""
