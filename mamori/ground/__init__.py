"""What stands under every room and knows no duty; each part leans only on those below it."""
