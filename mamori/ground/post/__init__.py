"""Mail and letters out."""
