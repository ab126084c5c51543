"""Payouts measured: a house with very many sellers, runs, races and a year."""
