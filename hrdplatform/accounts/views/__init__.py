"""Pages of accounts, by what people come for."""
