"""Starts Rasa without TensorFlow and with its hot spots mended."""
