"""What must be fast, measured: `presenter bench` prints it. Figures compare within one run only."""
