"""The pages of the policy: how it stands, its draft, its approval, and what everybody may read."""
