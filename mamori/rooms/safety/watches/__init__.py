"""How far listings were looked through, for whoever looks at them as they are told."""
