"""Events, notices and webhooks on their way."""
