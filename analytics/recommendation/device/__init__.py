"""What a browser needs to recommend by itself: kinds that may be shown, their neighbours, and nothing of anybody."""
