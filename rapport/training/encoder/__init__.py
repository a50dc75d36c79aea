"""Fine-tuning the sentence encoder on the shop's own sentences, where that is measured to help.

1. `split`    which sentences are held out, and stay so
2. `tuning`   the training itself; the only module that needs torch and transformers
3. `export`   float weights to the int8 file that the encoder reads
4. `judging`  the tuned encoder against the packaged one on what neither was trained on
5. `keeping`  the file in use, beside the Rasa model
6. `running`  all of it in order
"""
