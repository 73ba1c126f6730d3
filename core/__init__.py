"""Values that travel between the stages, the clock, the errors. Imports nothing of ours."""
