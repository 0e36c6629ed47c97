"""Synthetic Albums: one prompt becomes one coherent synthetic photo album. This page is the table of contents."""
