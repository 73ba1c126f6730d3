"""The real-time process: it owns the frame clock and the picture.

It plays what it is given and, given nothing, keeps the presenter breathing, blinking and looking
around, for ever.
"""
