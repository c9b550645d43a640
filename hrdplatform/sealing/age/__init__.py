"""The age v1 file format (C2SP age.md): the one container of everything that is sealed."""
