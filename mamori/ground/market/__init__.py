"""The marketplace as told to us: sellers, buyers, listings, orders, instructions."""
