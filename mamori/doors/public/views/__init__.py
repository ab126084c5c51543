"""The pages that stand at the public door itself."""
