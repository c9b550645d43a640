"""The front hall's viewsets: topics, glossary, initiatives, emergency contacts, and the choosers of its blocks."""
