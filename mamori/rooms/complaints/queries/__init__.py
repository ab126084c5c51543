"""What this room reads for its own pages."""
