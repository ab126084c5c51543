"""Buyers and anyone: help, threads, receipts."""
