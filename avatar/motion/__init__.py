"""Utterances to the motion of a face and body: lips, eyes, head, hands, breath.

`performer.Performer` is the whole of it; `clip.render_motion` makes one run of poses.
"""
