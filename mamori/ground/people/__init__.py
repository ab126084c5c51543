"""Accounts, roles, sign-in, links and codes, delegates, API keys, limits, a second pair of eyes."""
