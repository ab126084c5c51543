"""Clauses by version, who accepted which when, and the operator's own settings."""
