"""After every act of a room what stands about its matters is what should."""
