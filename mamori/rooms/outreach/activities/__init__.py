"""Activities with authorities, bodies and the public: planned, held, followed up, and told in one line."""
