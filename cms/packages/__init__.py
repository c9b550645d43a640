"""A course to take away: one book, and three writers that put it into a file.

The book is made from live pages only. Its bodies are XHTML in which links to chapters, pictures and files are named,
not addressed (`chapter:lesson-1-2`, `picture:1.jpg`, `file:card.pdf`); each writer says where they lie.
"""
