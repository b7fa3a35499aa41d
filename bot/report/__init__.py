"""The report on what could not be answered: gathered from the records, counted, and grouped. Nobody is named in it."""
