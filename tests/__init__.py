"""What no single room can show: the architecture, the documents, whole stories."""
