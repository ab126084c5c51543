"""Base templates, components, sign-in pages, access, problem responses, paging."""
