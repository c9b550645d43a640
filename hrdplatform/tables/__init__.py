"""Pure tables: CSV and XLSX in and out, safe text cells, line-exact errors. Knows no Django."""
