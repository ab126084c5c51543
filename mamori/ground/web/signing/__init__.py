"""Signing in: who is here, how long a stay lasts, staff by passkey, buyers and sellers by link or code."""
