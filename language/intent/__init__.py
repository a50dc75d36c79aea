"""What a message asks for, and whether it asks for anything we know.

`terms` counts words and pieces of words, `likeness` compares messages, `regression` learns from them,
`calibration` makes confidences honest, `scope` tells what is beyond us, `model` reads one message, `training` puts
a model together. Training needs scikit-learn, reading a message does not.
"""
