"""How results look: a screen, tables, trees."""
