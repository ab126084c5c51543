"""Every write of this room: a display is written, a contact proved, a doubt looked at; all end with their seller."""
