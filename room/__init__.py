"""The live room: it wires the stages and keeps them alive."""
