"""What people decide about a request, each declared once: staff, who asks, and the seller."""
