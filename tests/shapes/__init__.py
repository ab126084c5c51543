"""Which tests PostgreSQL runs: together they send every shape of statement and of error that the tests send to SQLite."""
