"""From bytes to checked, pseudonymised, versioned tables. Knows no screen and no statistics."""
