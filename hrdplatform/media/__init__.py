"""Images, documents and videos, private until live."""
