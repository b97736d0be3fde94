"""What an attentive reader would remark on: the notes of `mksite check`."""
