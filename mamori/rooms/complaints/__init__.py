"""Reports by anybody: taken without a name, looked at by people, and everybody hears what came of it."""
