"""The command line, settings, composition roots and supervision."""
