"""Learns the weights of the roles from labelled documents, and keeps the labels."""
