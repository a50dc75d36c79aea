"""Help pages: a folder of Markdown beside the shop file, searched by words and by meaning."""
