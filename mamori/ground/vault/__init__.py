"""Encrypted files, what may be shown of them, retention and legal hold."""
