"""Keys per subject, sealing and shredding."""
