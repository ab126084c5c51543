"""What sellers, buyers and staff decide, as data: on the proof of a contact, on a request, on a private account."""
