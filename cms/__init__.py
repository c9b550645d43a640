"""The front hall: pages, blocks, courses, search."""
