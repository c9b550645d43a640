"""The verbs of organisations: founding, inviting, giving and taking roles."""
