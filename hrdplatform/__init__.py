"""The ground: everything the rooms share, nothing that belongs to a single room."""
