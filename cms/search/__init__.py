"""Looking for something to learn: the words somebody typed, what they find, and how a find is shown."""
