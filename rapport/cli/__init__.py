"""The command `rapport`: `main` puts it together, one module per group of commands, `console` and `steps` for output.

Commands import what they need when they run, so that `rapport --help` is quick.
"""
