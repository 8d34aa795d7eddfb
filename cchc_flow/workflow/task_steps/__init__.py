"""The steps of the workflow of a plan's task, by what they are about."""
