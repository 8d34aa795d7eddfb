"""Plans of invented communes with what is right: read, rendered as files, compared with a reading."""
