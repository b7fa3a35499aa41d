"""From answers to what people see. Pure functions: no network, no clock, no database."""
