"""What every matter has: what should stand about it, and how that is compared with what stands and settled."""
