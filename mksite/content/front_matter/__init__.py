"""Front matter: taken from a file, decoded into the model, mended, and written anew."""
