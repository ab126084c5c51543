"""The pages of this room for the operator's staff; the desk mounts them and puts its case page around the panel."""
