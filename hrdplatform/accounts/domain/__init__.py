"""The verbs of accounts: signing in, second factors, passwords, sessions."""
