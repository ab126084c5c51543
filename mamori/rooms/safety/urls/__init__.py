"""The addresses of this room's pages, by whom they are for; a door mounts them."""
