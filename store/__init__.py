"""Everything that is written down: engine, tables, repositories, migrations."""
