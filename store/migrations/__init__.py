"""The history of the tables, one file per revision in `versions/`; run by `store.migrate`."""
