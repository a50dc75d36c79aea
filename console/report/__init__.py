"""Reports as files: one self-contained page of HTML, and the folder in which the last ones are kept."""
