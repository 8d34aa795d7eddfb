"""Plans of invented communes, written with what is right: read, rendered as files, and compared with a reading."""
