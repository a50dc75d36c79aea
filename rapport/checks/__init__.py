"""What `rapport doctor` looks at, one module per area; every check is a line with a verdict and a remedy."""
