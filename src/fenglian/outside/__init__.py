"""What leaves the process: strangers' files are read in a child that may neither grow nor linger."""
