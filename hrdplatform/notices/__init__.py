"""The outbox: rows written in the same transaction, sent later."""
