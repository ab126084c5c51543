"""Staff sign in with the company's account: OpenID Connect by allauth's provider, with what allauth leaves out."""
