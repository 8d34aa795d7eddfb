"""The format of a workspace's data folder, by which a program knows a folder that a later one has changed."""

FORMAT = 1
"""What this program writes. A folder without a number is of the time before there was one."""
