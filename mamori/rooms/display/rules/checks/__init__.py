"""What may be wrong with an item, each kind of fault in a module of its own."""
