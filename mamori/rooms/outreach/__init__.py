"""What sellers are told all together: campaigns, to whom they go, who said that it read them."""
