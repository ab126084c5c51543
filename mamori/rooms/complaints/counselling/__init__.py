"""Counsellors of consumer centres: invited, let in by mail, and answered about a consumer as far as that person allows."""
