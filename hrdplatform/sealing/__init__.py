"""The encryption of the platform: age files, receipts, member lists, cards, records. It knows no Django."""
