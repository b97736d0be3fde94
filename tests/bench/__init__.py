"""The benchmark: mksite against Hugo and Pelican on the same archive, from equal templates."""
